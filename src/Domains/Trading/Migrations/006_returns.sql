-- What the folds of a walk through the past gave, and without a fold the whole walk: one row for each model, symbol and horizon of a
-- training. version is that of the registry's model, 0 for baselines. figures has a number for each figure (docs/returns.md).
CREATE TABLE return_folds (
  model {text} NOT NULL,
  version {integer} NOT NULL,
  symbol {text} NOT NULL,
  horizon {integer} NOT NULL,
  fold {integer},
  trained_rows {integer} NOT NULL,
  train_from {timestamp} NOT NULL,
  train_to {timestamp} NOT NULL,
  test_from {timestamp} NOT NULL,
  test_to {timestamp} NOT NULL,
  data_fingerprint {text} NOT NULL,
  feature_fingerprint {text} NOT NULL,
  code_version {text} NOT NULL,
  trained_at {timestamp} NOT NULL,
  figures {json} NOT NULL
);

-- What was forecast in these folds, by what was known at feature_time (UTC), of the log return up to target_time, and what came.
CREATE TABLE return_forecasts (
  model {text} NOT NULL,
  version {integer} NOT NULL,
  symbol {text} NOT NULL,
  horizon {integer} NOT NULL,
  feature_time {timestamp} NOT NULL,
  target_time {timestamp} NOT NULL,
  fold {integer} NOT NULL,
  value {double} NOT NULL,
  lower_bound {double} NOT NULL,
  upper_bound {double} NOT NULL,
  actual {double} NOT NULL
);

-- The checks for leaks that the newest training of a symbol and horizon passed.
CREATE TABLE return_canaries (
  symbol {text} NOT NULL,
  horizon {integer} NOT NULL,
  name {text} NOT NULL,
  verdict {text} NOT NULL,
  value {double} NOT NULL,
  most {double} NOT NULL,
  trained_at {timestamp} NOT NULL
);

-- The model that forecast a symbol best at a horizon, beside no change.
CREATE TABLE return_champions (
  symbol {text} NOT NULL,
  horizon {integer} NOT NULL,
  model {text} NOT NULL,
  version {integer} NOT NULL,
  rmse {double} NOT NULL,
  rmse_zero {double} NOT NULL,
  beats_zero {boolean} NOT NULL,
  chosen_at {timestamp} NOT NULL,
  PRIMARY KEY (symbol, horizon)
);

-- Forecasts of folds that were made once, by the fingerprint of all that they follow from: doubles, the lowest byte first.
CREATE TABLE return_work (
  fingerprint {text} PRIMARY KEY,
  forecasts {binary} NOT NULL,
  made_at {timestamp} NOT NULL
);
