CREATE TEMP TABLE load_pairs AS
SELECT DISTINCT sku, coalesce(merchant_id, '') AS merchant FROM load_rows WHERE {{of_history}};
{{analyze load_pairs}}

-- The whole history of what has new prices: from its rows, from its offers, from what was known. A day has one price, and of days in a row
-- with the same price only the first is kept.
CREATE TEMP TABLE load_history AS
WITH points AS (
  SELECT sku, coalesce(merchant_id, '') AS merchant, feature_date AS seen_on, price, 0 AS source, seen_at, place FROM load_rows WHERE {{of_history}}
  UNION ALL
  SELECT o.sku, o.merchant, CAST(o.captured_at AS date), o.price, 1, o.captured_at, 0
  FROM offers o JOIN load_pairs p ON p.sku = o.sku AND p.merchant = o.merchant
  UNION ALL
  SELECT h.sku, h.merchant, h.valid_from, h.price, 2, CAST(NULL AS timestamp), 0
  FROM price_history h JOIN load_pairs p ON p.sku = h.sku AND p.merchant = h.merchant
), on_days AS (
  SELECT DISTINCT ON (sku, merchant, seen_on) sku, merchant, seen_on, price FROM points
  ORDER BY sku, merchant, seen_on, source, seen_at DESC NULLS LAST, place DESC
), compared AS (
  SELECT sku, merchant, seen_on, price, lag(price) OVER (PARTITION BY sku, merchant ORDER BY seen_on) AS price_before FROM on_days
)
SELECT sku, merchant, price, seen_on AS valid_from, lead(seen_on) OVER (PARTITION BY sku, merchant ORDER BY seen_on) AS valid_to
FROM compared WHERE price_before IS NULL OR price_before <> price;
{{analyze load_history}}
