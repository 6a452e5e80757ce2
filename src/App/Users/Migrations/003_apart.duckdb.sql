-- Their rows are in the file of secrets by now (003_apart.secrets.sql).
DROP TABLE user_signing_keys;
DROP TABLE user_links;
DROP TABLE user_refresh_tokens;
DROP TABLE user_sessions;
DROP TABLE users;
