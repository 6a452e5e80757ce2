UPDATE known_sales s SET units = n.units, most_units = n.most_units
FROM (
  SELECT DISTINCT ON (sku, first_day, last_day) sku, first_day, last_day, units, most_units FROM load_rows WHERE units IS NOT NULL
  ORDER BY sku, first_day, last_day, place DESC
) n
WHERE s.sku = n.sku AND s.first_day = n.first_day AND s.last_day = n.last_day
  AND (s.units <> n.units OR s.most_units IS DISTINCT FROM n.most_units);

INSERT INTO known_sales (sku, first_day, last_day, units, most_units)
SELECT DISTINCT ON (n.sku, n.first_day, n.last_day) n.sku, n.first_day, n.last_day, n.units, n.most_units FROM load_rows n
WHERE n.units IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM known_sales s WHERE s.sku = n.sku AND s.first_day = n.first_day AND s.last_day = n.last_day
)
ORDER BY n.sku, n.first_day, n.last_day, n.place DESC;
