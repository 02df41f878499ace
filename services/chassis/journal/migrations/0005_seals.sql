-- The journal as evidence: signed seals over its events, and what operators accepted
-- after a backup was restored.
-- @owner@ @app@ @relay@ @ro@ stand for the service's roles.

-- Events at positions (upto of the seal before, upto]. A void seal was made before a
-- backup was restored: its events are lost, somebody gave them up, the next seal says so.
CREATE TABLE es.seal (
  number   bigint PRIMARY KEY CHECK (number > 0),
  upto     bigint NOT NULL CHECK (upto > 0),
  line     text   NOT NULL,                -- as it is published, byte for byte
  leaves   bytea  NOT NULL,                -- 40 bytes an event: position, chain's hash
  void_by  text   CHECK (void_by <> ''),
  void_why text   CHECK (void_why <> ''),
  CHECK ((void_by IS NULL) = (void_why IS NULL))
);
ALTER TABLE es.seal ALTER COLUMN leaves SET STORAGE EXTERNAL;  -- hashes do not shrink
CREATE TRIGGER seal_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON es.seal
  FOR EACH STATEMENT EXECUTE FUNCTION es.event_immutable();
ALTER TABLE es.seal ENABLE ALWAYS TRIGGER seal_immutable;

-- Up to which seal the topic was told.
CREATE TABLE es.seal_told (
  one    boolean PRIMARY KEY DEFAULT true CHECK (one),
  number bigint  NOT NULL
);

-- What is to be sealed next. The rows are read in a later snapshot than the safe end.
CREATE FUNCTION es.unsealed(p_after bigint, p_limit int)
RETURNS TABLE (seq bigint, hash bytea)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE safe bigint := es.safe_seq();
BEGIN
  RETURN QUERY SELECT e.seq, e.hash FROM es.event e
    WHERE e.seq > p_after AND e.seq <= safe ORDER BY e.seq LIMIT p_limit;
END $$;

-- No event will be recorded at or below this position any more: the bus has given it
-- to an event that we lost, and would take another one there for a repetition.
CREATE FUNCTION es.leap(p_past bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF es.ceiling() >= p_past THEN RETURN false; END IF;
  LOCK TABLE es.event IN SHARE ROW EXCLUSIVE MODE;  -- nobody draws a number meanwhile
  IF es.ceiling() >= p_past THEN RETURN false; END IF;
  PERFORM setval('es.event_seq_seq', p_past, true);
  RETURN true;
END $$;

-- Messages that lie on the bus, were lost with the journal's tail, and were accepted.
CREATE TABLE es.bus_accepted (
  message_id uuid        PRIMARY KEY,
  topic      text        NOT NULL,
  part       int         NOT NULL,
  pos        bigint      NOT NULL,
  who        text        NOT NULL CHECK (who <> ''),
  why        text        NOT NULL CHECK (why <> ''),
  done_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER bus_accepted_immutable BEFORE UPDATE OR DELETE OR TRUNCATE
  ON es.bus_accepted FOR EACH STATEMENT EXECUTE FUNCTION es.event_immutable();
ALTER TABLE es.bus_accepted ENABLE ALWAYS TRIGGER bus_accepted_immutable;

GRANT SELECT, INSERT ON es.seal, es.bus_accepted TO @app@;
GRANT SELECT, INSERT, UPDATE ON es.seal_told TO @app@;
GRANT SELECT ON es.bus_accepted TO @relay@;
GRANT SELECT ON es.seal, es.seal_told, es.bus_accepted TO @ro@;
GRANT EXECUTE ON FUNCTION es.unsealed(bigint, int) TO @app@;
GRANT EXECUTE ON FUNCTION es.leap(bigint) TO @app@, @relay@;
