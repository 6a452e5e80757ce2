-- The addresses of webhooks, which are secrets, in the file beside an embedded store.
-- copy alert_addresses: SELECT name AS rule, url FROM job_alert_rules
CREATE SCHEMA IF NOT EXISTS tradepost_private;

CREATE TABLE IF NOT EXISTS tradepost_private.alert_addresses (
    rule text NOT NULL PRIMARY KEY,
    url text NOT NULL
);
