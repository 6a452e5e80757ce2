-- Who may use Tradepost, with what they are signed in, and what they did that matters to its security.
-- Of passwords, refresh tokens and codes only hashes are kept.
CREATE TABLE users (
  id uuid NOT NULL PRIMARY KEY,
  email text NOT NULL UNIQUE,
  role text NOT NULL,
  password_hash text,
  is_disabled boolean NOT NULL,
  created_at timestamp NOT NULL,
  changed_at timestamp NOT NULL
);

CREATE TABLE user_sessions (
  id uuid NOT NULL PRIMARY KEY,
  user_id uuid NOT NULL,
  client text NOT NULL,
  created_at timestamp NOT NULL,
  expires_at timestamp NOT NULL,
  revoked_at timestamp,
  revoked_because text
);

CREATE TABLE user_refresh_tokens (
  token_hash text NOT NULL PRIMARY KEY,
  session_id uuid NOT NULL,
  issued_at timestamp NOT NULL,
  used_at timestamp
);

-- A link that lets one person set a password once; without a user it makes the first administrator.
CREATE TABLE user_links (
  code_hash text NOT NULL PRIMARY KEY,
  user_id uuid,
  created_at timestamp NOT NULL,
  expires_at timestamp NOT NULL,
  used_at timestamp
);

-- What access tokens are signed with: made once, shared by all servers on this store.
CREATE TABLE user_signing_keys (
  id text NOT NULL PRIMARY KEY,
  secret text NOT NULL,
  created_at timestamp NOT NULL
);

CREATE TABLE audit_log (
  id uuid NOT NULL PRIMARY KEY,
  happened_at timestamp NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  client text NOT NULL,
  request_id text NOT NULL
);

CREATE INDEX audit_log_happened_at ON audit_log (happened_at);
