-- As on PostgreSQL: amounts of more than ten digits fit, and a price times an amount does. The tables are made anew, because DuckDB cannot
-- read a change of a column's type from its log: a store that was killed after one would not open again.
CREATE TABLE orderbook_data_wide (
  id bigint NOT NULL DEFAULT nextval('orderbook_data_id'),
  exchange varchar(50) NOT NULL DEFAULT 'binance-futures',
  symbol varchar(20) NOT NULL,
  timestamp bigint NOT NULL,
  local_timestamp bigint NOT NULL,
  ask_amount decimal(20,8),
  ask_price decimal(20,8),
  bid_price decimal(20,8),
  bid_amount decimal(20,8),
  created_at timestamp NOT NULL DEFAULT CAST(now() AS timestamp)
);
INSERT INTO orderbook_data_wide
SELECT id, exchange, symbol, timestamp, local_timestamp, ask_amount, ask_price, bid_price, bid_amount, created_at FROM orderbook_data;
DROP TABLE orderbook_data;
ALTER TABLE orderbook_data_wide RENAME TO orderbook_data;

CREATE TABLE trade_data_wide (
  exchange varchar(50) NOT NULL,
  symbol varchar(20) NOT NULL,
  timestamp bigint NOT NULL,
  local_timestamp bigint NOT NULL,
  id bigint,
  side varchar(7) NOT NULL,
  price decimal(20,8) NOT NULL,
  amount decimal(20,8) NOT NULL,
  text_id varchar(64)
);
INSERT INTO trade_data_wide SELECT exchange, symbol, timestamp, local_timestamp, id, side, price, amount, text_id FROM trade_data;
DROP TABLE trade_data;
ALTER TABLE trade_data_wide RENAME TO trade_data;
