-- The moment at which a controlled clock stands (embedded mode only).
CREATE TABLE es.clock (
  one boolean     PRIMARY KEY DEFAULT true CHECK (one),
  now timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON es.clock TO @app@;
