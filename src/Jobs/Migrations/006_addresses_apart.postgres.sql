-- The addresses of webhooks, which are secrets, in a schema that nobody but the store's login may use.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'tradepost_private') THEN
    CREATE SCHEMA tradepost_private;
  END IF;
END
$$;

REVOKE ALL ON SCHEMA tradepost_private FROM PUBLIC;

CREATE TABLE tradepost_private.alert_addresses (
    rule text NOT NULL PRIMARY KEY,
    url text NOT NULL
);

INSERT INTO tradepost_private.alert_addresses (rule, url) SELECT name, url FROM job_alert_rules;
ALTER TABLE job_alert_rules DROP COLUMN url;
REVOKE ALL ON ALL TABLES IN SCHEMA tradepost_private FROM PUBLIC;
