-- Schedules, what became of each time at which one was due, and which of the program's own schedules a store has been given.
CREATE TABLE job_schedules (
    name text PRIMARY KEY,
    job text NOT NULL,
    arguments json NOT NULL,
    cron text NOT NULL,
    time_zone text NOT NULL,
    misfire text NOT NULL,
    overlap text NOT NULL,
    is_paused boolean NOT NULL,
    next_at timestamp,
    changed_by text NOT NULL,
    changed_at timestamp NOT NULL
);

CREATE TABLE job_schedule_fires (
    schedule text NOT NULL,
    fire_at timestamp NOT NULL,
    state text NOT NULL,
    run_id uuid,
    note text,
    decided_at timestamp NOT NULL,
    PRIMARY KEY (schedule, fire_at)
);

CREATE TABLE job_schedule_seeds (
    name text PRIMARY KEY
);
