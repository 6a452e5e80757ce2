-- A day of the market by {{part}}: the newest estimates beside those of at least 30 days before.
WITH newest AS (SELECT max("date") AS day FROM sales_estimates),
earlier AS (SELECT max("date") AS day FROM sales_estimates WHERE "date" <= (SELECT day FROM newest) - 30),
present AS (
  SELECT sku, units, lower, upper, revenue, days FROM sales_estimates
  WHERE "date" = (SELECT day FROM newest) AND model_version = (SELECT max(model_version) FROM sales_estimates WHERE "date" = (SELECT day FROM newest))
),
former AS (
  SELECT sku, units FROM sales_estimates
  WHERE "date" = (SELECT day FROM earlier) AND days = 1
    AND model_version = (SELECT max(model_version) FROM sales_estimates WHERE "date" = (SELECT day FROM earlier))
),
parts AS (
  SELECT p.{{part}} AS name, count(*) AS products, count(e.units) AS estimated, sum(e.units) AS units, sum(e.lower) AS lower, sum(e.upper) AS upper,
    sum(e.revenue) AS revenue, sum(CASE WHEN f.units IS NOT NULL THEN e.units END) AS units_of_both, sum(CASE WHEN e.units IS NOT NULL THEN f.units END) AS units_before
  FROM products p
  JOIN present e ON e.sku = p.sku AND (e.days = 1 OR e.units IS NULL)
  LEFT JOIN former f ON f.sku = p.sku
  GROUP BY p.{{part}}
)
SELECT name, products, estimated, units, lower, upper, revenue, revenue / NULLIF(sum(revenue) OVER (), 0) AS share,
  units_of_both / NULLIF(units_before, 0) - 1 AS change
FROM parts ORDER BY revenue DESC NULLS LAST, units DESC NULLS LAST, name LIMIT @limit
