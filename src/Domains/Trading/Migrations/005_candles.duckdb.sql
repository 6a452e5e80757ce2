-- What a price did in a minute ('1m') or an hour ('1h') from open_time on (UTC): of traded prices where a file brought it (source 'file',
-- or 'minutes' for an hour of a file's minutes), of the middle between bid and ask where it was made of recorded quotes ('quotes'). What is
-- not known is null. spread (in parts of the middle) and imbalance (of the amounts at bid and ask, -1 to 1) are means over time. is_whole is
-- false where too little of the span was recorded; spans without a row are missing.
CREATE TABLE candles (
  exchange VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL,
  timeframe VARCHAR NOT NULL,
  open_time TIMESTAMP NOT NULL,
  source VARCHAR NOT NULL,
  open DOUBLE NOT NULL,
  high DOUBLE NOT NULL,
  low DOUBLE NOT NULL,
  close DOUBLE NOT NULL,
  volume DOUBLE,
  quote_volume DOUBLE,
  trades DOUBLE,
  taker_buy_volume DOUBLE,
  spread DOUBLE,
  imbalance DOUBLE,
  is_whole BOOLEAN NOT NULL
);

-- From which hour on candles are others than those that features were made of.
CREATE TABLE candle_changes (
  exchange VARCHAR NOT NULL,
  symbol VARCHAR NOT NULL,
  changed_from TIMESTAMP NOT NULL
);

-- Up to which created_at quotes and trades have become candles.
CREATE TABLE candle_progress (
  name VARCHAR NOT NULL,
  seen_to TIMESTAMP NOT NULL
);

-- When a trade came, so that late ones are found. The table is made anew, because DuckDB cannot read a new column whose default is a
-- function from its log: a store that was killed after one would not open again.
CREATE TABLE trade_data_timed (
  exchange varchar(50) NOT NULL,
  symbol varchar(20) NOT NULL,
  timestamp bigint NOT NULL,
  local_timestamp bigint NOT NULL,
  id bigint,
  side varchar(7) NOT NULL,
  price decimal(20,8) NOT NULL,
  amount decimal(20,8) NOT NULL,
  text_id varchar(64),
  created_at timestamp DEFAULT CAST(now() AS timestamp)
);
INSERT INTO trade_data_timed (exchange, symbol, timestamp, local_timestamp, id, side, price, amount, text_id)
SELECT exchange, symbol, timestamp, local_timestamp, id, side, price, amount, text_id FROM trade_data;
DROP TABLE trade_data;
ALTER TABLE trade_data_timed RENAME TO trade_data;

-- What was known of a symbol at the end of each hour (feature_time, UTC), from its first candle to its last. is_whole is false in hours
-- that are missing: their close is the one before, and no feature is known. Neither is one whose look-back is not there.
CREATE TABLE trading_features (
  symbol VARCHAR NOT NULL,
  feature_time TIMESTAMP NOT NULL,
  close DOUBLE NOT NULL,
  is_whole BOOLEAN NOT NULL,
  return_1h DOUBLE,
  return_2h DOUBLE,
  return_3h DOUBLE,
  return_4h DOUBLE,
  return_5h DOUBLE,
  return_6h DOUBLE,
  return_7h DOUBLE,
  return_8h DOUBLE,
  return_9h DOUBLE,
  return_10h DOUBLE,
  return_11h DOUBLE,
  return_12h DOUBLE,
  return_13h DOUBLE,
  return_14h DOUBLE,
  return_15h DOUBLE,
  return_16h DOUBLE,
  return_17h DOUBLE,
  return_18h DOUBLE,
  return_19h DOUBLE,
  return_20h DOUBLE,
  return_21h DOUBLE,
  return_22h DOUBLE,
  return_23h DOUBLE,
  return_24h DOUBLE,
  return_48h DOUBLE,
  return_168h DOUBLE,
  volatility_6h DOUBLE,
  volatility_24h DOUBLE,
  volatility_168h DOUBLE,
  range_1h DOUBLE,
  range_24h DOUBLE,
  ma_ratio_24h DOUBLE,
  ma_ratio_72h DOUBLE,
  ma_ratio_168h DOUBLE,
  rsi_14h DOUBLE,
  mfi_14h DOUBLE,
  adx_14h DOUBLE,
  roc_72h DOUBLE,
  macd DOUBLE,
  macd_histogram DOUBLE,
  bollinger_width_20h DOUBLE,
  volume_change_1h DOUBLE,
  volume_zscore_168h DOUBLE,
  relative_volume_24h DOUBLE,
  taker_buy_ratio DOUBLE,
  spread DOUBLE,
  imbalance DOUBLE,
  hour DOUBLE,
  weekday DOUBLE,
  hour_sin DOUBLE,
  hour_cos DOUBLE,
  weekday_sin DOUBLE,
  weekday_cos DOUBLE,
  market_return_1h DOUBLE,
  market_return_24h DOUBLE
);

-- Which exchange the features of a symbol are of.
CREATE TABLE feature_series (
  symbol VARCHAR NOT NULL,
  exchange VARCHAR NOT NULL
);
