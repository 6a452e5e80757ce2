-- Trades of exchanges whose numbers of them are no numbers: bitmex has GUIDs.
ALTER TABLE trade_data ALTER COLUMN id DROP NOT NULL;
ALTER TABLE trade_data ADD COLUMN text_id varchar(64);
ALTER TABLE trade_data ALTER COLUMN side TYPE varchar(7);

-- How far each file is in this store, by its content: written in the transaction of its rows.
CREATE TABLE import_files (
  id varchar(36) PRIMARY KEY,
  name varchar(1000) NOT NULL,
  head varchar(64) NOT NULL,
  bytes bigint NOT NULL,
  hash varchar(64) NOT NULL,
  lines bigint NOT NULL,
  row_count bigint NOT NULL,
  rejected bigint NOT NULL,
  complete_bytes bigint,
  updated_at timestamp NOT NULL
);
CREATE INDEX import_files_head ON import_files (head);

-- Lines of imported files that are no rows.
CREATE TABLE collector_rejects (
  file_id varchar(36) NOT NULL,
  file varchar(1000) NOT NULL,
  line_number bigint NOT NULL,
  reason varchar(30) NOT NULL,
  text varchar(1000) NOT NULL
);
CREATE INDEX collector_rejects_file_id ON collector_rejects (file_id);
