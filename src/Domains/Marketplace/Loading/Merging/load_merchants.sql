CREATE TEMP TABLE load_merchants AS
SELECT DISTINCT ON (merchant_id) merchant_id AS id, coalesce(merchant, merchant_id) AS name, merchant_rating AS rating
FROM load_rows WHERE merchant_id IS NOT NULL
ORDER BY merchant_id, feature_date DESC, seen_at DESC NULLS LAST, place DESC;
