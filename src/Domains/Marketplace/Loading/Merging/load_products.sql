CREATE TEMP TABLE load_products AS
SELECT s.sku, s.first_seen, s.last_seen, d.title, d.brand, d.category
FROM (
  SELECT sku, min(first_seen) AS first_seen, max(last_seen) AS last_seen
  FROM (SELECT sku, feature_date AS first_seen, feature_date AS last_seen FROM load_rows UNION ALL SELECT sku, first_seen, last_seen FROM load_seen) r
  GROUP BY sku
) s
LEFT JOIN (
  SELECT DISTINCT ON (sku) sku, title, brand, category
  FROM load_rows WHERE title IS NOT NULL OR brand IS NOT NULL OR category IS NOT NULL
  ORDER BY sku, feature_date DESC, seen_at DESC NULLS LAST, place DESC
) d ON d.sku = s.sku;
{{analyze load_products}}
