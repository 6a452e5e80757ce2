-- How far the store is in the journal of a day of a source: so many of its requests are in the tables.
CREATE TABLE collections (
  source {text} NOT NULL,
  feature_date {date} NOT NULL,
  requests {bigint} NOT NULL,
  products {bigint} NOT NULL,
  is_complete {boolean} NOT NULL,
  updated_at {timestamp} NOT NULL,
  PRIMARY KEY (source, feature_date)
);
