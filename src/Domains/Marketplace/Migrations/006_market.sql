-- What a category or a brand sells in a day, as of a day of sales_estimates: part says which of the two label is the name of (null: of products
-- without one). figures has everything that is said of it, as the route market gives it.
CREATE TABLE market_groups (
  "date" {date} NOT NULL,
  model_version {integer} NOT NULL,
  part {text} NOT NULL,
  label {text},
  units {double},
  revenue {double},
  figures {json} NOT NULL
);

-- How good the estimates of a version were, as `marketplace backtest` prints it.
CREATE TABLE sales_backtests (
  model_version {integer} NOT NULL,
  figures {json} NOT NULL
);
