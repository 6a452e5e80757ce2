-- Positions count within a log, and two machines may keep theirs in folders of the same name: a row is known by its log's identity.
ALTER TABLE log_positions ADD COLUMN folder varchar(1000);
