-- The newest description counts, whenever it was loaded.
UPDATE products p SET
  title = CASE WHEN n.last_seen >= p.last_seen THEN coalesce(n.title, p.title) ELSE coalesce(p.title, n.title) END,
  brand = CASE WHEN n.last_seen >= p.last_seen THEN coalesce(n.brand, p.brand) ELSE coalesce(p.brand, n.brand) END,
  category = CASE WHEN n.last_seen >= p.last_seen THEN coalesce(n.category, p.category) ELSE coalesce(p.category, n.category) END,
  first_seen = least(p.first_seen, n.first_seen),
  last_seen = greatest(p.last_seen, n.last_seen)
FROM load_products n
WHERE p.sku = n.sku AND (
  n.first_seen < p.first_seen OR n.last_seen > p.last_seen
  OR (n.title <> p.title AND n.last_seen >= p.last_seen) OR (n.title IS NOT NULL AND p.title IS NULL)
  OR (n.brand <> p.brand AND n.last_seen >= p.last_seen) OR (n.brand IS NOT NULL AND p.brand IS NULL)
  OR (n.category <> p.category AND n.last_seen >= p.last_seen) OR (n.category IS NOT NULL AND p.category IS NULL)
);

INSERT INTO products (sku, title, brand, category, first_seen, last_seen)
SELECT n.sku, n.title, n.brand, n.category, n.first_seen, n.last_seen FROM load_products n
WHERE NOT EXISTS (SELECT 1 FROM products p WHERE p.sku = n.sku)
ORDER BY n.sku;
