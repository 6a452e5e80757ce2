UPDATE merchants m SET name = n.name, rating = coalesce(n.rating, m.rating)
FROM load_merchants n
WHERE m.id = n.id AND (m.name <> n.name OR (n.rating IS NOT NULL AND n.rating IS DISTINCT FROM m.rating));

INSERT INTO merchants (id, name, rating)
SELECT n.id, n.name, n.rating FROM load_merchants n WHERE NOT EXISTS (SELECT 1 FROM merchants m WHERE m.id = n.id);
