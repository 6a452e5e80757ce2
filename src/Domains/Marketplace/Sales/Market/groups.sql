-- A day of the market by {{part}}: its estimates beside the newest ones of 30 to 45 days before, what new products sell, and what those would have
-- sold that were not to be had.
WITH earlier AS (
  SELECT "date" AS day, max(model_version) AS version FROM sales_estimates WHERE "date" <= @latest AND "date" >= @oldest
  GROUP BY "date" ORDER BY "date" DESC LIMIT 1
), former AS (
  SELECT e.sku, e.units, e.lower, e.upper, e.revenue FROM sales_estimates e JOIN earlier ON earlier.day = e."date" AND earlier.version = e.model_version
  WHERE e.days = 1
), estimates AS (
  SELECT p.{{part}} AS name, e.units, e.lower, e.upper, e.revenue, f.units AS units_before, f.lower AS lower_before, f.upper AS upper_before,
    f.revenue AS revenue_before, p.first_seen > @latest AS is_new, m.is_gone, m.missed,
    -- The estimate is of the days on which there was something to buy, where there were any; else what sold before has to say it.
    CASE WHEN e.units > 0 AND m.missed < 30 THEN 30 / (30 - m.missed) END AS factor
  FROM products p
  JOIN sales_estimates e ON e.sku = p.sku AND e."date" = @day AND e.model_version = @version AND (e.days = 1 OR e.units IS NULL)
  LEFT JOIN former f ON f.sku = p.sku
  LEFT JOIN market_missed m ON m.sku = p.sku
), losses AS (
  SELECT name, units, lower, upper, revenue, units_before, revenue_before, is_new, is_gone,
    missed * COALESCE(units * factor, units_before) AS lost, missed * COALESCE(lower * factor, lower_before) AS lost_lower,
    missed * COALESCE(upper * factor, upper_before) AS lost_upper,
    CASE WHEN factor IS NULL THEN revenue_before / NULLIF(units_before, 0) ELSE revenue / units END AS price
  FROM estimates
)
SELECT name, count(*), count(units), sum(units), sum(lower), sum(upper), sum(revenue),
  count(units * units_before), sum(CASE WHEN units_before IS NOT NULL THEN units END), sum(CASE WHEN units IS NOT NULL THEN units_before END),
  sum(CASE WHEN units_before IS NOT NULL THEN units * units END), sum(units * units_before),
  sum(CASE WHEN units IS NOT NULL THEN units_before * units_before END),
  count(revenue * revenue_before), sum(CASE WHEN revenue_before IS NOT NULL THEN revenue END),
  sum(CASE WHEN revenue IS NOT NULL THEN revenue_before END),
  sum(CASE WHEN revenue_before IS NOT NULL THEN revenue * revenue END), sum(revenue * revenue_before),
  sum(CASE WHEN revenue IS NOT NULL THEN revenue_before * revenue_before END),
  count(CASE WHEN is_new THEN 1 END), sum(CASE WHEN is_new THEN revenue END),
  sum(CASE WHEN is_new THEN revenue * lower / NULLIF(units, 0) END), sum(CASE WHEN is_new THEN revenue * upper / NULLIF(units, 0) END),
  count(CASE WHEN NOT is_gone THEN 1 END), count(CASE WHEN is_gone THEN 1 END),
  sum(lost), sum(lost_lower), sum(lost_upper), sum(lost * price), sum(lost_lower * price), sum(lost_upper * price)
FROM losses GROUP BY name ORDER BY name
