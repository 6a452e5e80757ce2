-- The addresses are in the file of secrets by now (006_addresses_apart.secrets.sql).
ALTER TABLE job_alert_rules DROP COLUMN url;
