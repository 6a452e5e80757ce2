-- What an earlier load knew of a day beside stays.
UPDATE features_daily f SET features = {{merge_json f.features | n.features}}
FROM load_days n
WHERE f.sku = n.sku AND f.feature_date = n.feature_date
  AND NOT {{contains_json f.features | n.features}};

-- In the order of days and products, by which the embedded store passes over what a query does not ask for.
INSERT INTO features_daily (sku, feature_date, features)
SELECT n.sku, n.feature_date, n.features FROM load_days n
WHERE NOT EXISTS (SELECT 1 FROM features_daily f WHERE f.sku = n.sku AND f.feature_date = n.feature_date)
ORDER BY n.feature_date, n.sku;
