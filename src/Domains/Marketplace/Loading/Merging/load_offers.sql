CREATE TEMP TABLE load_offers AS
SELECT DISTINCT ON (sku, merchant, captured_at) sku, merchant, captured_at, feature_date, price, availability, delivery_days
FROM (
  SELECT sku, merchant_id AS merchant, coalesce(seen_at, CAST(feature_date AS timestamp)) AS captured_at, feature_date, price, availability,
         delivery_days, place
  FROM load_rows WHERE merchant_id IS NOT NULL AND price IS NOT NULL
) r
ORDER BY sku, merchant, captured_at, place DESC;
{{analyze load_offers}}
