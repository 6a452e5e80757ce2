-- How far a sync of an account is: days from since up to until are asked for, those up to done are in the store.
CREATE TABLE ad_syncs (
  user_id {text} NOT NULL PRIMARY KEY,
  since {date} NOT NULL,
  until {date} NOT NULL,
  done {date},
  changed_at {timestamp} NOT NULL
);
