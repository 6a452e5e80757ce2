-- A schema that nobody but the store's login may use. Keys are not taken over: backups held them.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'tradepost_private') THEN
    CREATE SCHEMA tradepost_private;
  END IF;
END
$$;

REVOKE ALL ON SCHEMA tradepost_private FROM PUBLIC;

DROP TABLE user_signing_keys;
ALTER TABLE user_links SET SCHEMA tradepost_private;
ALTER TABLE user_refresh_tokens SET SCHEMA tradepost_private;
ALTER TABLE user_sessions SET SCHEMA tradepost_private;
ALTER TABLE users SET SCHEMA tradepost_private;

CREATE TABLE tradepost_private.signing_keys (
  id text NOT NULL PRIMARY KEY,
  secret text NOT NULL,
  created_at timestamp NOT NULL
);

REVOKE ALL ON ALL TABLES IN SCHEMA tradepost_private FROM PUBLIC;
