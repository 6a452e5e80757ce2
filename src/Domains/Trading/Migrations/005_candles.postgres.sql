-- What a price did in a minute ('1m') or an hour ('1h') from open_time on (UTC): of traded prices where a file brought it (source 'file',
-- or 'minutes' for an hour of a file's minutes), of the middle between bid and ask where it was made of recorded quotes ('quotes'). What is
-- not known is null. spread (in parts of the middle) and imbalance (of the amounts at bid and ask, -1 to 1) are means over time. is_whole is
-- false where too little of the span was recorded; spans without a row are missing.
CREATE TABLE candles (
  exchange varchar(50) NOT NULL,
  symbol varchar(20) NOT NULL,
  timeframe varchar(5) NOT NULL,
  open_time timestamp NOT NULL,
  source varchar(10) NOT NULL,
  open double precision NOT NULL,
  high double precision NOT NULL,
  low double precision NOT NULL,
  close double precision NOT NULL,
  volume double precision,
  quote_volume double precision,
  trades double precision,
  taker_buy_volume double precision,
  spread double precision,
  imbalance double precision,
  is_whole boolean NOT NULL
);
CREATE UNIQUE INDEX candles_key ON candles (symbol, timeframe, open_time, exchange, source);

-- From which hour on candles are others than those that features were made of.
CREATE TABLE candle_changes (
  exchange varchar(50) NOT NULL,
  symbol varchar(20) NOT NULL,
  changed_from timestamp NOT NULL
);

-- Up to which created_at quotes and trades have become candles.
CREATE TABLE candle_progress (
  name varchar(20) NOT NULL,
  seen_to timestamp NOT NULL
);

-- When a trade came, so that late ones are found.
ALTER TABLE trade_data ADD COLUMN created_at timestamp DEFAULT (now() AT TIME ZONE 'UTC');
CREATE INDEX trade_data_created_at ON trade_data (created_at);

-- What was known of a symbol at the end of each hour (feature_time, UTC), from its first candle to its last. is_whole is false in hours
-- that are missing: their close is the one before, and no feature is known. Neither is one whose look-back is not there.
CREATE TABLE trading_features (
  symbol varchar(20) NOT NULL,
  feature_time timestamp NOT NULL,
  close double precision NOT NULL,
  is_whole boolean NOT NULL,
  return_1h double precision,
  return_2h double precision,
  return_3h double precision,
  return_4h double precision,
  return_5h double precision,
  return_6h double precision,
  return_7h double precision,
  return_8h double precision,
  return_9h double precision,
  return_10h double precision,
  return_11h double precision,
  return_12h double precision,
  return_13h double precision,
  return_14h double precision,
  return_15h double precision,
  return_16h double precision,
  return_17h double precision,
  return_18h double precision,
  return_19h double precision,
  return_20h double precision,
  return_21h double precision,
  return_22h double precision,
  return_23h double precision,
  return_24h double precision,
  return_48h double precision,
  return_168h double precision,
  volatility_6h double precision,
  volatility_24h double precision,
  volatility_168h double precision,
  range_1h double precision,
  range_24h double precision,
  ma_ratio_24h double precision,
  ma_ratio_72h double precision,
  ma_ratio_168h double precision,
  rsi_14h double precision,
  mfi_14h double precision,
  adx_14h double precision,
  roc_72h double precision,
  macd double precision,
  macd_histogram double precision,
  bollinger_width_20h double precision,
  volume_change_1h double precision,
  volume_zscore_168h double precision,
  relative_volume_24h double precision,
  taker_buy_ratio double precision,
  spread double precision,
  imbalance double precision,
  hour double precision,
  weekday double precision,
  hour_sin double precision,
  hour_cos double precision,
  weekday_sin double precision,
  weekday_cos double precision,
  market_return_1h double precision,
  market_return_24h double precision
);
CREATE UNIQUE INDEX trading_features_key ON trading_features (symbol, feature_time);
CREATE INDEX trading_features_time ON trading_features (feature_time);

-- Which exchange the features of a symbol are of.
CREATE TABLE feature_series (
  symbol varchar(20) NOT NULL,
  exchange varchar(50) NOT NULL
);
