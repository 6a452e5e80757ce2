-- One row for each product that was seen by the day: its counter on some days of the window. A product that was seen on all of them, with a
-- counter that did not fall from one to the next, is even: the first and the last say all.
CREATE TEMP TABLE recent_reviews AS
SELECT p.sku, p.brand, p.category, {{number p.first_seen}} AS first_seen, r.first_reviews, r.last_reviews, r.price, COALESCE({{even r}}, FALSE) AS is_even
FROM products p
LEFT JOIN (
  SELECT sku, {{samples reviews}}, max(price) AS price
  FROM ({{clean}}) f WHERE day IN ({{days}}) GROUP BY sku
) r ON r.sku = p.sku
WHERE p.first_seen <= {{day}}
