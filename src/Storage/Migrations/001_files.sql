-- How far each file is in a table of this store, by its content: written in the transaction of its rows.
CREATE TABLE file_loads (
  id {text} NOT NULL,
  name {text} NOT NULL,
  head {text} NOT NULL,
  bytes {bigint} NOT NULL,
  hash {text} NOT NULL,
  lines {bigint} NOT NULL,
  row_count {bigint} NOT NULL,
  rejected {bigint} NOT NULL,
  complete_bytes {bigint},
  updated_at {timestamp} NOT NULL
);

-- Rows that broke a rule on their way into a table, whichever, and were kept aside.
CREATE TABLE rejects (
  run_id {text} NOT NULL,
  source_table {text} NOT NULL,
  natural_key {text} NOT NULL,
  rule {text} NOT NULL,
  problem {text} NOT NULL,
  "row" {json} NOT NULL,
  rejected_at {timestamp} NOT NULL,
  replayed_at {timestamp}
);
