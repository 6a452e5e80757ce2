-- With whose rights a run is executed, and those of whoever set a schedule. Rows of before have none: asked_how and changed_by tell.
ALTER TABLE job_runs ADD COLUMN asked_as text;
ALTER TABLE job_schedules ADD COLUMN set_as text;
