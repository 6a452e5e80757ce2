-- Runs of jobs. One process has the store, so keys are checked by it, under a lock, instead of by indexes.
CREATE TABLE job_runs (
    id uuid NOT NULL,
    job text NOT NULL,
    arguments json NOT NULL,
    state text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'timed_out')),
    concurrency_key text,
    idempotency_key text,
    parent_id uuid,
    asked_by text NOT NULL,
    asked_how text NOT NULL,
    interval_from date,
    interval_to date,
    queued_at timestamp NOT NULL,
    due_at timestamp NOT NULL,
    started_at timestamp,
    finished_at timestamp,
    attempt integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL,
    timeout_seconds double NOT NULL,
    fence bigint NOT NULL DEFAULT 0,
    worker text,
    lease_until timestamp,
    cancel_asked_at timestamp,
    cancel_asked_by text,
    step text,
    done bigint,
    total bigint,
    result json,
    error text,
    error_kind text
);

CREATE TABLE job_run_logs (
    run_id uuid NOT NULL,
    number bigint NOT NULL,
    logged_at timestamp NOT NULL,
    level text NOT NULL,
    message text NOT NULL
);

-- Written in the transaction that makes a run's work visible: such a run is not executed again, whatever becomes of its process.
CREATE TABLE job_publications (
    run_id uuid NOT NULL,
    published_at timestamp NOT NULL
);
