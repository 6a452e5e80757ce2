-- What rows say of a product on a day: the last one counts.
CREATE TEMP TABLE load_days AS
SELECT DISTINCT ON (sku, feature_date) sku, feature_date, features
FROM load_rows WHERE features IS NOT NULL
ORDER BY sku, feature_date, seen_at DESC NULLS LAST, place DESC;
{{analyze load_days}}
