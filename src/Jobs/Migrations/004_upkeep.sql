-- When each daily task was last begun: whoever moves the time on does it.
CREATE TABLE job_upkeep (
    name text PRIMARY KEY,
    begun_at timestamp NOT NULL
);
