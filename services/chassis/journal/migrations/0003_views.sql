-- Read models: which build of them is live, how far it is, and what was heard.

-- One row per build; the live one's rows and positions move in one transaction.
CREATE TABLE es.view_build (
  build            integer     PRIMARY KEY,
  code_hash        text        NOT NULL,
  state            text        NOT NULL CHECK (state IN ('building', 'live', 'old')),
  journal_position bigint      NOT NULL DEFAULT 0,
  heard_position   bigint      NOT NULL DEFAULT 0,
  made_at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX view_build_live ON es.view_build (state) WHERE state = 'live';

-- What the views heard from other services, kept so that they can be made again without
-- the bus. Its writers take turns (es.hear), so positions become visible in order.
CREATE TABLE es.heard (
  position        bigint      GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
  event_id        uuid        NOT NULL UNIQUE,
  type            text        NOT NULL,
  stream          text        NOT NULL,
  key             text        NOT NULL,
  version         bigint      NOT NULL,
  source_position bigint      NOT NULL,
  occurred_at     timestamptz NOT NULL,
  recorded_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  data            json        NOT NULL
);

-- Which set of types a views consumer with this number listens to: another set begins
-- at the start of the topics, under the next number.
CREATE TABLE es.view_hearing (
  number integer PRIMARY KEY,
  types  text[]  NOT NULL UNIQUE
);

GRANT SELECT, INSERT, UPDATE, DELETE ON es.view_build, es.view_hearing TO @app@;
GRANT SELECT, INSERT ON es.heard TO @app@;

-- Where readers look: one SQL view per table, over the live build.
CREATE SCHEMA views;
GRANT USAGE, CREATE ON SCHEMA views TO @app@;
GRANT USAGE ON SCHEMA views TO @ro@;

-- A service makes and drops the schemas of its builds; it owns nothing else.
CREATE FUNCTION es.make_build(p_build integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format('CREATE SCHEMA %I', 'views_' || p_build);
  EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO @app@', 'views_' || p_build);
END $$;

CREATE FUNCTION es.drop_build(p_build integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  IF EXISTS (SELECT FROM es.view_build WHERE build = p_build AND state = 'live') THEN
    RAISE EXCEPTION 'build % is live', p_build;
  END IF;
  EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', 'views_' || p_build);
  DELETE FROM es.view_build WHERE build = p_build;
END $$;

REVOKE ALL ON FUNCTION es.make_build(integer), es.drop_build(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION es.make_build(integer), es.drop_build(integer) TO @app@;
