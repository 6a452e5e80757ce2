-- The best bid and ask of each symbol. Decimals have 18 digits here: DuckDB reckons with wider ones many times slower.
CREATE SEQUENCE orderbook_data_id;
CREATE TABLE orderbook_data (
  id bigint NOT NULL DEFAULT nextval('orderbook_data_id'),
  exchange varchar(50) NOT NULL DEFAULT 'binance-futures',
  symbol varchar(20) NOT NULL,
  timestamp bigint NOT NULL,
  local_timestamp bigint NOT NULL,
  ask_amount decimal(18,8),
  ask_price decimal(18,8),
  bid_price decimal(18,8),
  bid_amount decimal(18,8),
  created_at timestamp NOT NULL DEFAULT CAST(now() AS timestamp)
);

-- Trades at one price that one order of a taker made together.
CREATE TABLE trade_data (
  exchange varchar(50) NOT NULL,
  symbol varchar(20) NOT NULL,
  timestamp bigint NOT NULL,
  local_timestamp bigint NOT NULL,
  id bigint NOT NULL,
  side varchar(4) NOT NULL,
  price decimal(18,8) NOT NULL,
  amount decimal(18,8) NOT NULL
);

-- When rows of a symbol may be missing, and why.
CREATE TABLE collector_gaps (
  exchange varchar(50) NOT NULL,
  symbol varchar(20) NOT NULL,
  stream varchar(10) NOT NULL,
  from_timestamp bigint NOT NULL,
  to_timestamp bigint NOT NULL,
  from_update_id bigint,
  to_update_id bigint,
  reason varchar(20) NOT NULL
);

-- How far each log is in this store: written in the transaction of its rows.
CREATE TABLE log_positions (
  log varchar(200) NOT NULL,
  position bigint NOT NULL,
  written_at timestamp NOT NULL
);
