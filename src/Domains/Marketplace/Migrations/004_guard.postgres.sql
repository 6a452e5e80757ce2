-- Values that the guard does not believe. state: open until somebody decides, then released (it is true after all) or confirmed.
-- known_on is the day from which on it could be known: the value's own, or a later one where the rule has to wait.
CREATE TABLE suspects (
  sku text NOT NULL,
  date date NOT NULL,
  field text NOT NULL,
  value double precision NOT NULL,
  expected_low double precision,
  expected_high double precision,
  rule text NOT NULL,
  known_on date NOT NULL,
  found_at timestamp NOT NULL,
  state text NOT NULL,
  decided_by text,
  decided_at timestamp,
  reason text
);

CREATE INDEX suspects_sku ON suspects (sku, date);

-- What was seen, without the values that are not believed.
CREATE VIEW clean_features AS
SELECT f.sku, f.feature_date, CASE WHEN s.fields IS NULL THEN f.features ELSE f.features - s.fields END AS features
FROM features_daily f
LEFT JOIN (SELECT sku, date, array_agg(field) AS fields FROM suspects WHERE state <> 'released' GROUP BY sku, date) s
  ON s.sku = f.sku AND s.date = f.feature_date;
