-- One row for each product that was seen by the day: what its reviews did in the days before. A counter that fell for longer than the
-- pieces of days that the window is cut into, or rose and fell back, is uneven: its days have to be read one by one.
CREATE TEMP TABLE recent_reviews AS
SELECT p.sku, p.brand, p.category, {{number p.first_seen}} AS first_seen, r.first_day, r.last_day, r.first_reviews, r.last_reviews, r.price,
  COALESCE(r.first_reviews > r.least OR r.last_reviews < r.most OR {{uneven r}}, FALSE) AS is_uneven
FROM products p
LEFT JOIN (
  SELECT sku, {{number min(day)}} AS first_day, {{number max(day)}} AS last_day,
    arg_min(reviews, day) AS first_reviews, arg_max(reviews, day) AS last_reviews, min(reviews) AS least, max(reviews) AS most, {{pieces reviews}}, arg_max(price, day) AS price
  FROM ({{clean}}) f WHERE day >= DATE {{first}} AND day <= DATE {{day}} AND reviews IS NOT NULL GROUP BY sku
) r ON r.sku = p.sku
WHERE p.first_seen <= DATE {{day}}
