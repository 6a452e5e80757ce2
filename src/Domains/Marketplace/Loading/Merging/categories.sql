INSERT INTO categories (id, name, parent)
SELECT DISTINCT n.parent_category, n.parent_category, CAST(NULL AS text) FROM load_rows n
WHERE n.parent_category IS NOT NULL AND NOT EXISTS (SELECT 1 FROM categories c WHERE c.id = n.parent_category);

INSERT INTO categories (id, name, parent)
SELECT DISTINCT n.category, n.category, CAST(NULL AS text) FROM load_rows n
WHERE n.category IS NOT NULL AND NOT EXISTS (SELECT 1 FROM categories c WHERE c.id = n.category);

UPDATE categories c SET parent = n.parent
FROM (SELECT category, max(parent_category) AS parent FROM load_rows WHERE parent_category <> category GROUP BY category) n
WHERE c.id = n.category AND c.parent IS DISTINCT FROM n.parent;
