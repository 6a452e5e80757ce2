-- Values that the guard does not believe. state: open until somebody decides, then released (it is true after all) or confirmed.
-- known_on is the day from which on it could be known: the value's own, or a later one where the rule has to wait.
CREATE TABLE suspects (
  sku VARCHAR NOT NULL,
  date DATE NOT NULL,
  field VARCHAR NOT NULL,
  value DOUBLE NOT NULL,
  expected_low DOUBLE,
  expected_high DOUBLE,
  rule VARCHAR NOT NULL,
  known_on DATE NOT NULL,
  found_at TIMESTAMP NOT NULL,
  state VARCHAR NOT NULL,
  decided_by VARCHAR,
  decided_at TIMESTAMP,
  reason VARCHAR
);

-- What was seen, without the values that are not believed: a merge patch removes what it says is null.
CREATE VIEW clean_features AS
SELECT f.sku, f.feature_date, CASE WHEN s.patch IS NULL THEN f.features ELSE json_merge_patch(f.features, s.patch) END AS features
FROM features_daily f
LEFT JOIN (
  SELECT sku, date, CAST('{' || string_agg('"' || field || '":null', ',') || '}' AS JSON) AS patch
  FROM suspects WHERE state <> 'released' GROUP BY sku, date
) s ON s.sku = f.sku AND s.date = f.feature_date;
