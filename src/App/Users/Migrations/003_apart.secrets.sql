-- The file of secrets beside an embedded store. Keys are not taken over: until now others could read them.
-- copy users: SELECT id, email, role, password_hash, is_disabled, created_at, changed_at FROM users
-- copy user_sessions: SELECT id, user_id, client, created_at, expires_at, revoked_at, revoked_because FROM user_sessions
-- copy user_refresh_tokens: SELECT token_hash, session_id, issued_at, used_at, next_salt FROM user_refresh_tokens
-- copy user_links: SELECT code_hash, user_id, created_at, expires_at, used_at FROM user_links
CREATE SCHEMA IF NOT EXISTS tradepost_private;

CREATE TABLE IF NOT EXISTS tradepost_private.users (
  id uuid NOT NULL PRIMARY KEY,
  email text NOT NULL UNIQUE,
  role text NOT NULL,
  password_hash text,
  is_disabled boolean NOT NULL,
  created_at timestamp NOT NULL,
  changed_at timestamp NOT NULL
);

CREATE TABLE IF NOT EXISTS tradepost_private.user_sessions (
  id uuid NOT NULL PRIMARY KEY,
  user_id uuid NOT NULL,
  client text NOT NULL,
  created_at timestamp NOT NULL,
  expires_at timestamp NOT NULL,
  revoked_at timestamp,
  revoked_because text
);

CREATE TABLE IF NOT EXISTS tradepost_private.user_refresh_tokens (
  token_hash text NOT NULL PRIMARY KEY,
  session_id uuid NOT NULL,
  issued_at timestamp NOT NULL,
  used_at timestamp,
  next_salt text
);

CREATE TABLE IF NOT EXISTS tradepost_private.user_links (
  code_hash text NOT NULL PRIMARY KEY,
  user_id uuid,
  created_at timestamp NOT NULL,
  expires_at timestamp NOT NULL,
  used_at timestamp
);

CREATE TABLE IF NOT EXISTS tradepost_private.signing_keys (
  id text NOT NULL PRIMARY KEY,
  secret text NOT NULL,
  created_at timestamp NOT NULL
);
