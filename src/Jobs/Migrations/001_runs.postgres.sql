-- Runs of jobs. A row is written by whoever starts a run, and after that by the worker whose fence it carries.
CREATE TABLE job_runs (
    id uuid PRIMARY KEY,
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
    timeout_seconds double precision NOT NULL,
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

CREATE UNIQUE INDEX job_runs_active ON job_runs (concurrency_key) WHERE state IN ('queued', 'running');
CREATE UNIQUE INDEX job_runs_idempotency ON job_runs (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX job_runs_due ON job_runs (due_at, id) WHERE state = 'queued';
CREATE INDEX job_runs_leases ON job_runs (lease_until) WHERE state = 'running';
CREATE INDEX job_runs_finished ON job_runs (finished_at);
CREATE INDEX job_runs_job ON job_runs (job, id);

CREATE TABLE job_run_logs (
    run_id uuid NOT NULL,
    number bigint NOT NULL,
    logged_at timestamp NOT NULL,
    level text NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (run_id, number)
);

-- Written in the transaction that makes a run's work visible: such a run is not executed again, whatever becomes of its process.
CREATE TABLE job_publications (
    run_id uuid PRIMARY KEY,
    published_at timestamp NOT NULL
);
