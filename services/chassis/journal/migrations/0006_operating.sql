-- What operators told to stand still, what they did and why, and deadlines armed later.
-- @owner@ @app@ @relay@ @ro@ stand for the service's roles.

-- 'relay', or a consumer's name; an empty topic means all of them, part -1 likewise.
CREATE TABLE es.hold (
  what  text        NOT NULL CHECK (what <> ''),
  topic text        NOT NULL DEFAULT '',
  part  int         NOT NULL DEFAULT -1,
  who   text        NOT NULL CHECK (who <> ''),
  why   text        NOT NULL CHECK (why <> ''),
  since timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (what, topic, part)
);

-- What operators did and why. Nothing is taken out of it.
CREATE TABLE es.operation (
  id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  verb    text        NOT NULL CHECK (verb <> ''),
  who     text        NOT NULL CHECK (who <> ''),
  why     text        NOT NULL CHECK (why <> ''),
  args    json        NOT NULL,
  result  json        NOT NULL,
  done_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER operation_immutable BEFORE UPDATE OR DELETE OR TRUNCATE
  ON es.operation FOR EACH STATEMENT EXECUTE FUNCTION es.event_immutable();
ALTER TABLE es.operation ENABLE ALWAYS TRIGGER operation_immutable;

GRANT SELECT, INSERT, DELETE ON es.hold TO @app@;
GRANT SELECT, INSERT ON es.operation TO @app@;
GRANT SELECT ON es.hold, es.operation TO @ro@;

-- Deadlines that a stream's events should have set by today's rules, and did not when
-- they were recorded. The head is held, and must be where the caller saw it: nothing
-- that takes them back can come in between. Returns the ids that were new.
CREATE FUNCTION es.arm_later(p_stream_id text, p_version bigint, p_start json)
RETURNS SETOF uuid LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE cur bigint;
BEGIN
  SELECT s.version INTO cur FROM es.stream s
   WHERE s.stream_id = p_stream_id FOR UPDATE;
  IF cur IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION '% is not at version %', p_stream_id, p_version
      USING ERRCODE = 'ES001';
  END IF;
  RETURN QUERY
  INSERT INTO es.deadline (id, stream_id, kind, due_at, armed_by, correlation_id)
  SELECT a.id, p_stream_id, a.kind, a.at, a.armed_by, e.correlation_id
    FROM json_to_recordset(p_start) AS a(
      id uuid, kind text, at timestamptz, armed_by uuid)
    JOIN LATERAL (
      SELECT (x.meta ->> 'correlation_id')::uuid AS correlation_id FROM es.event x
       WHERE x.event_id = a.armed_by AND x.stream_id = p_stream_id) e ON true
  ON CONFLICT (id) DO NOTHING RETURNING es.deadline.id;
END $$;
GRANT EXECUTE ON FUNCTION es.arm_later(text, bigint, json) TO @app@;
