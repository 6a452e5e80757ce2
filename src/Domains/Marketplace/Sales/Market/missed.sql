-- Products that were not to be had on some of the last 30 days; missed is in days. Here are those that are gone: watched for a week or more, and not
-- seen for more than one.
CREATE TEMP TABLE market_missed AS
SELECT p.sku, CAST(CAST(@day AS date) - max(f.feature_date) AS double precision) AS missed, TRUE AS is_gone
FROM products p
JOIN features_daily f ON f.sku = p.sku AND f.feature_date > @latest AND f.feature_date <= @day
WHERE p.last_seen < @gone OR p.last_seen > @day
GROUP BY p.sku, p.first_seen
HAVING max(f.feature_date) < @gone AND max(f.feature_date) - p.first_seen >= 7
