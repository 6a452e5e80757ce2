-- The best bid and ask of each symbol, a partition for each day of the exchange's time; rows of days that have none yet are in the default one.
CREATE TABLE orderbook_data (
  id bigint GENERATED ALWAYS AS IDENTITY,
  exchange varchar(50) NOT NULL DEFAULT 'binance-futures',
  symbol varchar(20) NOT NULL,
  timestamp bigint NOT NULL,
  local_timestamp bigint NOT NULL,
  ask_amount decimal(20,8),
  ask_price decimal(20,8),
  bid_price decimal(20,8),
  bid_amount decimal(20,8),
  created_at timestamp NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')
) PARTITION BY RANGE (timestamp);
CREATE INDEX orderbook_data_symbol_timestamp ON orderbook_data (symbol, timestamp);
CREATE INDEX orderbook_data_created_at ON orderbook_data (created_at);
CREATE INDEX orderbook_data_symbol ON orderbook_data (symbol);
CREATE TABLE orderbook_data_default PARTITION OF orderbook_data DEFAULT;

-- Trades at one price that one order of a taker made together.
CREATE TABLE trade_data (
  exchange varchar(50) NOT NULL,
  symbol varchar(20) NOT NULL,
  timestamp bigint NOT NULL,
  local_timestamp bigint NOT NULL,
  id bigint NOT NULL,
  side varchar(4) NOT NULL,
  price decimal(20,8) NOT NULL,
  amount decimal(20,8) NOT NULL
);
CREATE INDEX trade_data_symbol_timestamp ON trade_data (symbol, timestamp);

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
CREATE INDEX collector_gaps_symbol ON collector_gaps (symbol, from_timestamp);

-- How far each log is in this store: written in the transaction of its rows.
CREATE TABLE log_positions (
  log varchar(200) PRIMARY KEY,
  position bigint NOT NULL,
  written_at timestamp NOT NULL
);
