-- The journal: append-only streams and the order in which they are read; deadlines,
-- intents and answered commands, written in the transaction of their event.
-- @owner@ @app@ @relay@ @ro@ stand for the service's roles.

ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
GRANT USAGE ON SCHEMA es TO @app@, @relay@, @ro@;

CREATE TABLE es.stream (
  stream_id     text   PRIMARY KEY,
  category      text   NOT NULL,
  partition_key text   NOT NULL,             -- fixed by the first event
  version       bigint NOT NULL CHECK (version >= 0),
  head_hash     bytea  NOT NULL DEFAULT '\x'
) WITH (fillfactor = 70);                    -- no index on what changes: HOT updates

-- json, not jsonb: the exact text is hashed. CACHE 1 is load bearing.
CREATE TABLE es.event (
  seq            bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1),
  stream_id      text        NOT NULL,
  version        bigint      NOT NULL,
  event_id       uuid        NOT NULL,
  type           text        NOT NULL,
  schema_version smallint    NOT NULL,
  partition_key  text        NOT NULL,
  data           json        NOT NULL,
  meta           json        NOT NULL,
  occurred_at    timestamptz NOT NULL,
  recorded_at    timestamptz NOT NULL,
  hash           bytea       NOT NULL,
  PRIMARY KEY (seq),
  CONSTRAINT event_printable CHECK (
    stream_id !~ '[\x01-\x1f]' AND type !~ '[\x01-\x1f]'
    AND partition_key !~ '[\x01-\x1f]'),
  CONSTRAINT event_stream_version UNIQUE (stream_id, version),
  CONSTRAINT event_event_id UNIQUE (event_id)
);

-- Order without losing events ---------------------------------------------------------
-- Each statement that inserts events (COPY too) first announces a floor: a shared lock
-- whose key is 0xE5, then 48 bits of the sequence. All its numbers will lie above.

CREATE FUNCTION es.ceiling() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM es.event_seq_seq
$$;

CREATE FUNCTION es.floor() RETURNS bigint LANGUAGE sql VOLATILE AS $$
  SELECT min(((classid::int8 & 65535) << 32) | objid::int8) FROM pg_locks
   WHERE locktype = 'advisory' AND objsubid = 1 AND granted
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND classid::int8 >> 16 = 229
$$;

CREATE FUNCTION es.event_announce() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared((229::bigint << 48) | es.ceiling());
  RETURN NULL;
END $$;
CREATE TRIGGER event_announce BEFORE INSERT ON es.event
  FOR EACH STATEMENT EXECUTE FUNCTION es.event_announce();
ALTER TABLE es.event ENABLE ALWAYS TRIGGER event_announce;

CREATE FUNCTION es.event_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append only', TG_RELID::regclass USING ERRCODE = 'ES002';
END $$;
CREATE TRIGGER event_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON es.event
  FOR EACH STATEMENT EXECUTE FUNCTION es.event_immutable();
ALTER TABLE es.event ENABLE ALWAYS TRIGGER event_immutable;
CREATE TRIGGER stream_immutable BEFORE DELETE OR TRUNCATE ON es.stream
  FOR EACH STATEMENT EXECUTE FUNCTION es.event_immutable();
ALTER TABLE es.stream ENABLE ALWAYS TRIGGER stream_immutable;

-- At and below it every event is committed or will never exist. The order of the two
-- reads is load bearing: an appender without a floor in the second has either not
-- announced yet (its numbers lie above the ceiling just read) or has committed (its
-- rows are there in every later snapshot).
CREATE FUNCTION es.safe_seq() RETURNS bigint LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE highest bigint; lowest bigint;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'one snapshot for all reads loses events' USING ERRCODE = 'ES003';
  END IF;
  highest := es.ceiling();
  lowest := es.floor();
  RETURN least(highest, coalesce(lowest, highest));
END $$;

-- The rows are read by a later statement, hence in a later snapshot.
CREATE FUNCTION es.relay_fetch(p_after bigint, p_limit int) RETURNS SETOF es.event
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE safe bigint := es.safe_seq();
BEGIN
  RETURN QUERY SELECT * FROM es.event e
    WHERE e.seq > p_after AND e.seq <= safe ORDER BY e.seq LIMIT p_limit;
END $$;

-- Who holds the relay back: open transactions that announced a floor, oldest first.
CREATE FUNCTION es.relay_blockers()
RETURNS TABLE (pid int, above bigint, since timestamptz, application text, state text)
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
  SELECT l.pid, min(((l.classid::int8 & 65535) << 32) | l.objid::int8), a.xact_start,
         a.application_name, a.state
    FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
   WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
     AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
     AND l.classid::int8 >> 16 = 229
   GROUP BY l.pid, a.xact_start, a.application_name, a.state ORDER BY 2
$$;

-- The chain ---------------------------------------------------------------------------
-- hash(v) = sha256(hash(v - 1) || digest(v)); 0x1F occurs in no field.

CREATE FUNCTION es.event_digest(
  p_stream_id text, p_version bigint, p_event_id uuid, p_type text,
  p_schema_version smallint, p_key text, p_data json, p_meta json,
  p_occurred_at timestamptz, p_recorded_at timestamptz
) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(
    p_stream_id || E'\x1f' || p_version || E'\x1f' || p_event_id || E'\x1f' || p_type
    || E'\x1f' || p_schema_version || E'\x1f' || p_key
    || E'\x1f' || (extract(epoch FROM p_occurred_at) * 1000000)::bigint
    || E'\x1f' || (extract(epoch FROM p_recorded_at) * 1000000)::bigint
    || E'\x1f' || p_data::text || E'\x1f' || p_meta::text, 'UTF8'))
$$;

-- The first version of the stream that is not as it was written; NULL when all are.
CREATE FUNCTION es.verify_stream(p_stream_id text) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE e es.event; h bytea := '\x'; n bigint := 0; head es.stream;
BEGIN
  FOR e IN SELECT * FROM es.event x WHERE x.stream_id = p_stream_id ORDER BY x.version
  LOOP
    n := n + 1;
    h := sha256(h || es.event_digest(e.stream_id, e.version, e.event_id, e.type,
      e.schema_version, e.partition_key, e.data, e.meta, e.occurred_at, e.recorded_at));
    IF e.version <> n OR e.hash <> h THEN RETURN n; END IF;
  END LOOP;
  SELECT * INTO head FROM es.stream s WHERE s.stream_id = p_stream_id;
  IF head.version IS DISTINCT FROM n OR head.head_hash IS DISTINCT FROM h THEN
    RETURN n + 1;
  END IF;
  RETURN NULL;
END $$;

-- Every stream that is not as it was written, and its first such version.
CREATE FUNCTION es.verify() RETURNS TABLE (stream_id text, version bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT s.stream_id, es.verify_stream(s.stream_id)
    FROM (SELECT x.stream_id FROM es.stream x UNION SELECT e.stream_id FROM es.event e) s
   WHERE es.verify_stream(s.stream_id) IS NOT NULL ORDER BY 1
$$;

-- Deadlines and intents ---------------------------------------------------------------
-- A deadline's id is the id of the event it leads to.

CREATE TABLE es.deadline (
  id             uuid        PRIMARY KEY,
  stream_id      text        NOT NULL,
  kind           text        NOT NULL,
  due_at         timestamptz NOT NULL,       -- a fact: computed once, by the domain
  armed_by       uuid        NOT NULL,
  correlation_id uuid        NOT NULL,
  state          text        NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'done', 'cancelled', 'parked')),
  reason         text        NOT NULL DEFAULT '',
  attempts       int         NOT NULL DEFAULT 0,
  next_at        timestamptz                 -- parked until then
);
CREATE INDEX deadline_due ON es.deadline (due_at, id)
  WHERE state IN ('pending', 'parked');
CREATE INDEX deadline_parked ON es.deadline (next_at) WHERE state = 'parked';
CREATE INDEX deadline_stream ON es.deadline (stream_id, due_at, id)
  WHERE state IN ('pending', 'parked');

CREATE TABLE es.intent (
  id             uuid        PRIMARY KEY,
  seq            bigint      GENERATED ALWAYS AS IDENTITY,
  stream_id      text        NOT NULL,
  kind           text        NOT NULL,
  payload        json        NOT NULL,
  recorded_by    uuid        NOT NULL,
  correlation_id uuid        NOT NULL,
  state          text        NOT NULL DEFAULT 'pending'
    CHECK (state IN ('pending', 'done', 'failed')),
  attempts       int         NOT NULL DEFAULT 0,
  next_at        timestamptz NOT NULL DEFAULT '-infinity',
  lease_until    timestamptz NOT NULL DEFAULT '-infinity',
  owner          text        NOT NULL DEFAULT '',
  last_error     text        NOT NULL DEFAULT ''
);
CREATE INDEX intent_next ON es.intent (next_at, seq) WHERE state = 'pending';
CREATE INDEX intent_failed ON es.intent (seq) WHERE state = 'failed';

-- Lock order everywhere: deadline rows by due_at and id, then stream heads by id.
CREATE FUNCTION es.lock_stopped(p_armed json) RETURNS uuid[]
LANGUAGE sql VOLATILE AS $$
  SELECT array_agg(l.id) FROM (
    SELECT d.id FROM es.deadline d
     WHERE d.state IN ('pending', 'parked') AND (d.stream_id, d.kind) IN (
       SELECT s.stream, s.kind
         FROM json_to_recordset(p_armed -> 'stop') AS s(stream text, kind text))
     ORDER BY d.due_at, d.id FOR UPDATE) l
$$;

CREATE FUNCTION es.arm(p_armed json, p_locked uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  UPDATE es.deadline d SET state = 'cancelled', reason = 'taken-back'
   WHERE d.id = ANY (p_locked);
  -- Set by somebody while we waited for the head, which only "any version" lets
  -- happen: to lock it now would be the wrong order.
  IF EXISTS (
    SELECT 1 FROM es.deadline d
      JOIN json_to_recordset(p_armed -> 'stop') AS s(stream text, kind text)
        ON d.stream_id = s.stream AND d.kind = s.kind
     WHERE d.state IN ('pending', 'parked'))
  THEN
    RAISE EXCEPTION 'deadlines were set meanwhile' USING ERRCODE = '40001';
  END IF;
  INSERT INTO es.deadline (id, stream_id, kind, due_at, armed_by, correlation_id)
  SELECT s.id, s.stream, s.kind, s.at, s.armed_by, s.correlation_id
    FROM json_to_recordset(p_armed -> 'start') AS s(
      id uuid, stream text, kind text, at timestamptz, armed_by uuid,
      correlation_id uuid);
  INSERT INTO es.intent (id, stream_id, kind, payload, recorded_by, correlation_id)
  SELECT s.id, s.stream, s.kind, s.payload, s.recorded_by, s.correlation_id
    FROM json_to_recordset(p_armed -> 'intent') AS s(
      id uuid, stream text, kind text, payload json, recorded_by uuid,
      correlation_id uuid);
END $$;

-- Due deadlines, earliest first, locked; those another timer holds are passed over, and
-- so is whatever in the same stream comes after them (the lock order).
CREATE FUNCTION es.due(p_now timestamptz, p_limit int) RETURNS SETOF es.deadline
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d es.deadline; seen uuid[] := '{}'; n int := 0;
BEGIN
  WHILE n < p_limit LOOP
    SELECT * INTO d FROM es.deadline x
     WHERE x.state IN ('pending', 'parked') AND x.due_at <= p_now
       AND coalesce(x.next_at, p_now) <= p_now AND x.id <> ALL (seen)
     ORDER BY x.due_at, x.id LIMIT 1 FOR UPDATE SKIP LOCKED;
    EXIT WHEN NOT FOUND;
    seen := seen || d.id;
    IF NOT EXISTS (
      SELECT 1 FROM es.deadline e
       WHERE e.stream_id = d.stream_id AND e.state = 'pending'
         AND (e.due_at, e.id) < (d.due_at, d.id) AND e.id <> ALL (seen))
    THEN
      n := n + 1;
      RETURN NEXT d;
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION es.settle(
  p_id uuid, p_state text, p_reason text, p_again timestamptz
) RETURNS void LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE es.deadline d SET state = p_state, reason = p_reason, next_at = p_again,
         attempts = d.attempts + (p_state = 'parked')::int
   WHERE d.id = p_id AND d.state <> 'done';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deadline % is settled', p_id USING ERRCODE = 'ES004';
  END IF;
END $$;

-- Appending ---------------------------------------------------------------------------

-- n events to one stream, in one round trip. p_expected: -1 any, 0 new, n exact.
-- The same ids again (an acknowledgement was lost) are answered as the first time.
CREATE FUNCTION es.append(
  p_stream_id text, p_category text, p_key text, p_expected bigint,
  p_event_ids uuid[], p_types text[], p_schema_versions smallint[], p_data json[],
  p_meta json, p_occurred_at timestamptz, p_recorded_at timestamptz, p_armed json
) RETURNS TABLE (last_version bigint, last_seq bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  n int := cardinality(p_event_ids); k text := p_key; h bytea := '\x';
  hs bytea[] := '{}'; cur bigint := 0; ok boolean := true; same record;
  i int; stopped uuid[];
BEGIN
  IF p_armed IS NOT NULL THEN stopped := es.lock_stopped(p_armed); END IF;
  IF p_expected < 0 THEN
    INSERT INTO es.stream (stream_id, category, partition_key, version)
    VALUES (p_stream_id, p_category, p_key, 0) ON CONFLICT DO NOTHING;
  END IF;
  IF p_expected <> 0 THEN
    SELECT s.version, s.head_hash, s.partition_key INTO cur, h, k
      FROM es.stream s WHERE s.stream_id = p_stream_id FOR UPDATE;
    ok := cur IS NOT NULL AND (cur = p_expected OR p_expected < 0 AND NOT EXISTS (
      SELECT 1 FROM es.event e WHERE e.event_id = p_event_ids[1]));
  END IF;
  IF ok THEN
    FOR i IN 1 .. n LOOP
      h := sha256(h || es.event_digest(p_stream_id, cur + i, p_event_ids[i],
        p_types[i], p_schema_versions[i], k, p_data[i], p_meta, p_occurred_at,
        p_recorded_at));
      hs := hs || h;
    END LOOP;
    IF p_expected = 0 THEN
      INSERT INTO es.stream (stream_id, category, partition_key, version, head_hash)
      VALUES (p_stream_id, p_category, k, n, h) ON CONFLICT DO NOTHING;
      ok := FOUND;
    ELSE
      UPDATE es.stream s SET version = cur + n, head_hash = h
       WHERE s.stream_id = p_stream_id;
    END IF;
  END IF;
  IF NOT ok THEN
    SELECT max(e.version) v, max(e.seq) q, count(*) c INTO same FROM es.event e
     WHERE e.stream_id = p_stream_id AND e.event_id = ANY (p_event_ids);
    IF same.c = n THEN
      RETURN QUERY SELECT same.v::bigint, same.q::bigint;
      RETURN;
    END IF;
    RAISE EXCEPTION '% is not at version %', p_stream_id, p_expected
      USING ERRCODE = 'ES001';
  END IF;
  RETURN QUERY WITH written AS (
    INSERT INTO es.event (stream_id, version, event_id, type, schema_version,
      partition_key, data, meta, occurred_at, recorded_at, hash)
    SELECT p_stream_id, cur + e.n, e.id, e.type, e.schema_version, k, e.data, p_meta,
           p_occurred_at, p_recorded_at, e.hash
      FROM unnest(p_event_ids, p_types, p_schema_versions, p_data, hs)
           WITH ORDINALITY AS e(id, type, schema_version, data, hash, n)
     ORDER BY e.n
    RETURNING es.event.version, es.event.seq)
  SELECT max(w.version), max(w.seq) FROM written w;
  IF p_armed IS NOT NULL THEN PERFORM es.arm(p_armed, stopped); END IF;
END $$;

-- The same for many streams: p_s_* one entry a stream, p_e_* one an event, p_e_s the
-- stream's number from 1. Heads are made and locked in order of id: no deadlock.
CREATE FUNCTION es.append_many(
  p_s_id text[], p_s_category text[], p_s_key text[], p_s_expected bigint[],
  p_e_s int[], p_e_id uuid[], p_e_type text[], p_e_schema_version smallint[],
  p_e_data json[], p_meta json, p_occurred_at timestamptz, p_recorded_at timestamptz,
  p_armed json
) RETURNS TABLE (stream text, last_version bigint, last_seq bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  bad text; v bigint[]; h bytea[]; k text[]; vs bigint[] := '{}'; hs bytea[] := '{}';
  s int; i int; again bigint; stopped uuid[];
BEGIN
  IF p_armed IS NOT NULL THEN stopped := es.lock_stopped(p_armed); END IF;
  INSERT INTO es.stream (stream_id, category, partition_key, version)
  SELECT x.id, x.category, x.key, 0
    FROM unnest(p_s_id, p_s_category, p_s_key, p_s_expected)
         AS x(id, category, key, expected)
   WHERE x.expected <= 0 ORDER BY x.id ON CONFLICT DO NOTHING;
  PERFORM 1 FROM es.stream t WHERE t.stream_id = ANY (p_s_id)
    ORDER BY t.stream_id FOR UPDATE;
  SELECT count(*) INTO again FROM es.event e
    JOIN unnest(p_e_s, p_e_id) AS x(s, id)
      ON e.event_id = x.id AND e.stream_id = p_s_id[x.s];
  IF again = cardinality(p_e_id) THEN
    RETURN QUERY SELECT e.stream_id, max(e.version), max(e.seq) FROM es.event e
      WHERE e.event_id = ANY (p_e_id) GROUP BY e.stream_id;
    RETURN;
  END IF;
  SELECT string_agg(x.id, ', ' ORDER BY x.n) FILTER (
           WHERE t.stream_id IS NULL OR x.expected >= 0 AND t.version <> x.expected),
         array_agg(t.version ORDER BY x.n), array_agg(t.head_hash ORDER BY x.n),
         array_agg(t.partition_key ORDER BY x.n)
    INTO bad, v, h, k
    FROM unnest(p_s_id, p_s_expected) WITH ORDINALITY AS x(id, expected, n)
    LEFT JOIN es.stream t ON t.stream_id = x.id;
  IF bad IS NOT NULL THEN
    RAISE EXCEPTION '% not at the expected version', bad USING ERRCODE = 'ES001';
  END IF;
  FOR i IN 1 .. cardinality(p_e_s) LOOP
    s := p_e_s[i];
    v[s] := v[s] + 1;
    h[s] := sha256(h[s] || es.event_digest(p_s_id[s], v[s], p_e_id[i], p_e_type[i],
      p_e_schema_version[i], k[s], p_e_data[i], p_meta, p_occurred_at,
      p_recorded_at));
    vs := vs || v[s];
    hs := hs || h[s];
  END LOOP;
  RETURN QUERY WITH written AS (
    INSERT INTO es.event (stream_id, version, event_id, type, schema_version,
      partition_key, data, meta, occurred_at, recorded_at, hash)
    SELECT p_s_id[x.s], x.v, x.id, x.type, x.schema_version, k[x.s], x.data, p_meta,
           p_occurred_at, p_recorded_at, x.hash
      FROM unnest(p_e_s, vs, p_e_id, p_e_type, p_e_schema_version, p_e_data, hs)
           WITH ORDINALITY AS x(s, v, id, type, schema_version, data, hash, n)
     ORDER BY x.n
    RETURNING es.event.stream_id, es.event.version, es.event.seq
  ), heads AS (
    UPDATE es.stream t SET version = x.v, head_hash = x.h
      FROM unnest(p_s_id, v, h) AS x(id, v, h) WHERE t.stream_id = x.id)
  SELECT w.stream_id, max(w.version), max(w.seq) FROM written w GROUP BY w.stream_id;
  IF p_armed IS NOT NULL THEN PERFORM es.arm(p_armed, stopped); END IF;
END $$;

-- The same inside a transaction that goes on whatever the outcome: a stale version is
-- answered with no row (a savepoint on the server, no further round trip).
CREATE FUNCTION es.try_append(
  p_stream_id text, p_category text, p_key text, p_expected bigint,
  p_event_ids uuid[], p_types text[], p_schema_versions smallint[], p_data json[],
  p_meta json, p_occurred_at timestamptz, p_recorded_at timestamptz, p_armed json
) RETURNS TABLE (last_version bigint, last_seq bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT * FROM es.append(p_stream_id, p_category, p_key, p_expected,
    p_event_ids, p_types, p_schema_versions, p_data, p_meta, p_occurred_at,
    p_recorded_at, p_armed);
EXCEPTION WHEN SQLSTATE 'ES001' THEN RETURN;
END $$;

CREATE FUNCTION es.try_append_many(
  p_s_id text[], p_s_category text[], p_s_key text[], p_s_expected bigint[],
  p_e_s int[], p_e_id uuid[], p_e_type text[], p_e_schema_version smallint[],
  p_e_data json[], p_meta json, p_occurred_at timestamptz, p_recorded_at timestamptz,
  p_armed json
) RETURNS TABLE (stream text, last_version bigint, last_seq bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT * FROM es.append_many(p_s_id, p_s_category, p_s_key,
    p_s_expected, p_e_s, p_e_id, p_e_type, p_e_schema_version, p_e_data, p_meta,
    p_occurred_at, p_recorded_at, p_armed);
EXCEPTION WHEN SQLSTATE 'ES001' THEN RETURN;
END $$;

-- Commands ----------------------------------------------------------------------------

CREATE TABLE es.command (
  command_id   uuid        PRIMARY KEY,
  request_hash text        NOT NULL,
  status       smallint    NOT NULL,
  body         text        NOT NULL,
  version      bigint,
  answered_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- In flight is who holds the lock: namespace 0xE6, then 48 bits of the id.
CREATE FUNCTION es.claim(p_id uuid, p_hash text)
RETURNS TABLE (claim text, status smallint, body text, version bigint)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE c es.command;
BEGIN
  IF NOT pg_try_advisory_xact_lock((230::bigint << 48)
       | (hashtextextended(p_id::text, 0) & ((1::bigint << 48) - 1))) THEN
    RETURN QUERY SELECT 'in-flight', NULL::smallint, NULL::text, NULL::bigint;
    RETURN;
  END IF;
  SELECT * INTO c FROM es.command x WHERE x.command_id = p_id;
  IF c.command_id IS NULL THEN
    RETURN QUERY SELECT 'new', NULL::smallint, NULL::text, NULL::bigint;
  ELSIF c.request_hash <> p_hash THEN
    RETURN QUERY SELECT 'other', NULL::smallint, NULL::text, NULL::bigint;
  ELSE
    RETURN QUERY SELECT 'answered', c.status, c.body, c.version;
  END IF;
END $$;

-- The gate ----------------------------------------------------------------------------

-- What forbids to run on this database; nothing when all is well.
CREATE FUNCTION es.gate() RETURNS SETOF text LANGUAGE plpgsql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE q pg_sequence;
BEGIN
  IF pg_is_in_recovery() THEN RETURN NEXT 'standby'; END IF;
  IF current_setting('transaction_read_only')::boolean THEN
    RETURN NEXT 'read-only';
  END IF;
  IF current_setting('default_transaction_isolation') <> 'read committed' THEN
    RETURN NEXT 'isolation';
  END IF;
  SELECT * INTO q FROM pg_sequence WHERE seqrelid = 'es.event_seq_seq'::regclass;
  IF q.seqcache <> 1 OR q.seqincrement <> 1 OR q.seqcycle THEN
    RETURN NEXT 'sequence-cached';
  END IF;
  IF (SELECT max(e.seq) FROM es.event e) > es.ceiling() THEN
    RETURN NEXT 'sequence-behind';
  END IF;
  RETURN QUERY SELECT 'trigger-' || t.name
    FROM (VALUES ('es.event'::regclass, 'event_announce'),
                 ('es.event'::regclass, 'event_immutable'),
                 ('es.stream'::regclass, 'stream_immutable')) AS t(relation, name)
   WHERE NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = t.relation
                        AND g.tgname = t.name AND g.tgenabled = 'A');
END $$;

-- Who may what ------------------------------------------------------------------------
-- Nobody but the owner writes events, heads or deadlines, except through the functions.

GRANT SELECT ON es.stream, es.event, es.deadline, es.intent TO @app@, @ro@;
GRANT SELECT ON SEQUENCE es.event_seq_seq TO @app@, @relay@, @ro@;
GRANT SELECT, INSERT ON es.command TO @app@;
GRANT UPDATE (state, attempts, next_at, lease_until, owner, last_error)
  ON es.intent TO @app@;
GRANT EXECUTE ON FUNCTION es.ceiling(), es.floor(), es.safe_seq(), es.gate(),
  es.relay_fetch(bigint, int), es.relay_blockers() TO @app@, @relay@, @ro@;
GRANT EXECUTE ON FUNCTION es.verify(), es.verify_stream(text) TO @app@, @ro@;
GRANT EXECUTE ON FUNCTION es.append, es.append_many, es.try_append,
  es.try_append_many, es.due, es.settle, es.claim TO @app@;
