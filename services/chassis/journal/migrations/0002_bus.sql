-- The bus: how far the journal is published, how far others' events are acted on, what
-- of them is parked. Written in the transaction of the effects.
-- @owner@ @app@ @relay@ @ro@ stand for the service's roles.

-- One row per topic; layout and epoch fence, last_by_part is the source of es_prev.
CREATE TABLE es.relay_cursor (
  topic        text        PRIMARY KEY,
  position     bigint      NOT NULL CHECK (position >= 0),
  last_by_part bigint[]    NOT NULL,
  layout       text        NOT NULL,          -- another one needs another topic
  epoch        bigint      NOT NULL DEFAULT 0,
  updated_at   timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

-- gap_pos above source_pos: something was held, what comes before it is awaited.
CREATE TABLE es.checkpoint (
  consumer    text        NOT NULL,           -- the group, '<service>.<purpose>.v<N>'
  topic       text        NOT NULL,
  part        int         NOT NULL,
  next_offset bigint      NOT NULL DEFAULT 0,
  source_pos  bigint      NOT NULL DEFAULT 0,  -- the last es_pos accepted
  gap_pos     bigint      NOT NULL DEFAULT 0,
  gap_since   timestamptz,
  epoch       bigint      NOT NULL DEFAULT 0,  -- one more at each assignment
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, topic, part)
) WITH (fillfactor = 50);

-- consumed = applied + duplicate + ignored:<reason> + parked + gap-held.
CREATE TABLE es.ledger (
  consumer text   NOT NULL,
  topic    text   NOT NULL,
  part     int    NOT NULL,
  outcome  text   NOT NULL,
  n        bigint NOT NULL,
  PRIMARY KEY (consumer, topic, part, outcome)
) WITH (fillfactor = 50);

-- A key that waits, and why. Per topic: a cause may come by another one.
CREATE TABLE es.parked_key (
  consumer  text        NOT NULL,
  topic     text        NOT NULL,
  key       text        NOT NULL,
  state     text        NOT NULL CHECK (state IN
              ('retrying', 'waiting_cause', 'waiting_upgrade', 'waiting_operator')),
  attempts  int         NOT NULL DEFAULT 0,
  next_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  code      text        NOT NULL,
  error     text        NOT NULL DEFAULT '',
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, topic, key)
);
CREATE INDEX parked_key_due ON es.parked_key (consumer, next_at)
  WHERE state IN ('retrying', 'waiting_cause');

-- The envelopes of a parked key, as they came, in their order (id).
CREATE TABLE es.parked (
  id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  consumer      text        NOT NULL,
  topic         text        NOT NULL,
  key           text        NOT NULL,
  part          int         NOT NULL,
  off           bigint      NOT NULL,
  pos           bigint,                        -- none: it was not sent by a relay
  code          text        NOT NULL,          -- 'behind': only its key was at fault
  record_key    bytea,
  header_names  bytea[]     NOT NULL,
  header_values bytea[]     NOT NULL,
  body          bytea,
  amended       bytea,                         -- what an operator put in its place
  parked_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT parked_once UNIQUE (consumer, topic, part, off),
  FOREIGN KEY (consumer, topic, key) REFERENCES es.parked_key
);
CREATE INDEX parked_in_order ON es.parked (consumer, topic, key, id);

-- What operators did to parked envelopes, and why. Nothing is taken out of it.
CREATE TABLE es.parked_action (
  id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  consumer text        NOT NULL,
  topic    text        NOT NULL,
  key      text        NOT NULL,
  part     int,
  off      bigint,
  verb     text        NOT NULL CHECK (verb IN ('retry', 'amend', 'discard')),
  who      text        NOT NULL CHECK (who <> ''),
  why      text        NOT NULL CHECK (why <> ''),
  before   bytea,
  done_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER parked_action_immutable BEFORE UPDATE OR DELETE OR TRUNCATE
  ON es.parked_action FOR EACH STATEMENT EXECUTE FUNCTION es.event_immutable();
ALTER TABLE es.parked_action ENABLE ALWAYS TRIGGER parked_action_immutable;

GRANT SELECT, INSERT, UPDATE ON es.relay_cursor TO @relay@;
GRANT SELECT, INSERT, UPDATE, DELETE
  ON es.checkpoint, es.ledger, es.parked_key, es.parked TO @app@;
GRANT SELECT, INSERT ON es.parked_action TO @app@;
GRANT SELECT ON es.relay_cursor TO @app@;
GRANT SELECT ON es.relay_cursor, es.checkpoint, es.ledger, es.parked_key, es.parked,
  es.parked_action TO @ro@;
