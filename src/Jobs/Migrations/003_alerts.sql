-- Rules that raise alerts, and the alerts themselves, kept until their webhook has taken them.
CREATE TABLE job_alert_rules (
    name text PRIMARY KEY,
    kind text NOT NULL,
    job text,
    url text NOT NULL,
    seconds double precision,
    metric text,
    tolerance double precision NOT NULL,
    history integer NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamp NOT NULL
);

CREATE TABLE job_alerts (
    id text PRIMARY KEY,
    rule text NOT NULL,
    run_id uuid,
    message text NOT NULL,
    payload json NOT NULL,
    raised_at timestamp NOT NULL,
    next_try_at timestamp NOT NULL,
    attempts integer NOT NULL,
    delivered_at timestamp,
    given_up_at timestamp,
    last_error text
);
