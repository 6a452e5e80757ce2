-- Type 2 on price, cost, category and whether the product is sold; the category path is flattened to its ends.
CREATE TEMP TABLE category_paths AS
WITH RECURSIVE paths AS (
    SELECT c.id, c.name AS main_category, c.name AS sub_category, 0 AS depth FROM accepted_categories c WHERE c.parent_id IS NULL
    UNION ALL
    SELECT c.id, p.main_category, c.name, p.depth + 1 FROM accepted_categories c JOIN paths p ON p.id = c.parent_id WHERE p.depth < 32)
SELECT id, main_category, sub_category FROM paths;

CREATE TEMP TABLE product_changes AS
SELECT c.id AS product_id, COALESCE(c.updated_at, TIMESTAMP '1970-01-01') AS effective_from, c.price, c.cost, c.category_id, c.is_active
FROM accepted_products c
LEFT JOIN (SELECT DISTINCT ON (product_id) product_id, price, cost, category_id, is_active
           FROM history_product ORDER BY product_id, effective_from DESC) h ON h.product_id = c.id
WHERE h.product_id IS NULL OR h.price IS DISTINCT FROM c.price OR h.cost IS DISTINCT FROM c.cost
   OR h.category_id IS DISTINCT FROM c.category_id OR h.is_active IS DISTINCT FROM c.is_active;

DELETE FROM history_product h
USING product_changes c
WHERE h.product_id = c.product_id AND h.effective_from >= c.effective_from;

INSERT INTO history_product (product_id, effective_from, price, cost, category_id, is_active)
SELECT product_id, effective_from, price, cost, category_id, is_active FROM product_changes;

CREATE TEMP TABLE product_numbers AS
{{numbers dim_product|product_key|product_id|SELECT h.product_id AS id FROM history_product h}};

CREATE TEMP TABLE product_versions AS
WITH observed AS (
    SELECT h.product_id, h.effective_from, h.price, h.cost, h.category_id, h.is_active, row_number() OVER w AS number,
           lag(h.price) OVER w AS previous_price, lag(h.cost) OVER w AS previous_cost,
           lag(h.category_id) OVER w AS previous_category_id, lag(h.is_active) OVER w AS previous_is_active
    FROM history_product h
    WINDOW w AS (PARTITION BY h.product_id ORDER BY h.effective_from)),
versions AS (
    SELECT o.product_id, o.effective_from, o.price, o.cost, o.category_id, o.is_active,
           row_number() OVER w AS version, lead(o.effective_from) OVER w AS next_from
    FROM observed o
    WHERE o.number = 1 OR o.price IS DISTINCT FROM o.previous_price OR o.cost IS DISTINCT FROM o.previous_cost
       OR o.category_id IS DISTINCT FROM o.previous_category_id OR o.is_active IS DISTINCT FROM o.previous_is_active
    WINDOW w AS (PARTITION BY o.product_id ORDER BY o.effective_from))
SELECT {{version_key v.product_id|v.version|n.number}} AS product_key, v.product_id, p.sku, p.name, p.brand, v.category_id,
       k.main_category, k.sub_category, v.price, v.cost, v.is_active,
       CASE WHEN v.version = 1 THEN TIMESTAMP '1900-01-01' ELSE v.effective_from END AS valid_from,
       COALESCE(v.next_from, TIMESTAMP '9999-12-31') AS valid_to, v.next_from IS NULL AS is_current
FROM versions v
JOIN accepted_products p ON p.id = v.product_id
LEFT JOIN product_numbers n ON n.id = v.product_id
LEFT JOIN category_paths k ON k.id = v.category_id;

-- Whose lines have to look for their version again, and from when on.
CREATE TEMP TABLE changed_products AS
SELECT v.product_id,
       min(CASE WHEN d.valid_from = v.valid_from AND d.cost IS NOT DISTINCT FROM v.cost THEN LEAST(d.valid_to, v.valid_to)
                ELSE LEAST(COALESCE(d.valid_from, v.valid_from), v.valid_from) END) AS changed_from
FROM product_versions v
LEFT JOIN dim_product d ON d.product_key = v.product_key
WHERE {{restated_product v}}
  AND (d.product_key IS NULL OR d.valid_from <> v.valid_from OR d.valid_to <> v.valid_to OR d.cost IS DISTINCT FROM v.cost)
GROUP BY v.product_id;

UPDATE dim_product d
SET sku = v.sku, name = v.name, brand = v.brand, category_id = v.category_id, main_category = v.main_category, sub_category = v.sub_category,
    price = v.price, cost = v.cost, is_active = v.is_active, valid_from = v.valid_from, valid_to = v.valid_to, is_current = v.is_current,
    is_inferred = FALSE, is_deleted = FALSE
FROM product_versions v
WHERE d.product_key = v.product_key AND {{restated_product v}}
  AND (d.sku IS DISTINCT FROM v.sku OR d.name IS DISTINCT FROM v.name OR d.brand IS DISTINCT FROM v.brand
       OR d.category_id IS DISTINCT FROM v.category_id OR d.main_category IS DISTINCT FROM v.main_category
       OR d.sub_category IS DISTINCT FROM v.sub_category OR d.price IS DISTINCT FROM v.price OR d.cost IS DISTINCT FROM v.cost
       OR d.is_active IS DISTINCT FROM v.is_active OR d.valid_from <> v.valid_from OR d.valid_to <> v.valid_to
       OR d.is_current <> v.is_current OR d.is_inferred OR d.is_deleted);

DELETE FROM dim_product d
WHERE d.product_id IN (SELECT product_id FROM product_versions)
  AND NOT EXISTS (SELECT 1 FROM product_versions v WHERE v.product_key = d.product_key);

INSERT INTO dim_product (product_key, product_id, sku, name, brand, category_id, main_category, sub_category, price, cost, is_active,
                         valid_from, valid_to, is_current, is_inferred, is_deleted)
SELECT v.product_key, v.product_id, v.sku, v.name, v.brand, v.category_id, v.main_category, v.sub_category, v.price, v.cost, v.is_active,
       v.valid_from, v.valid_to, v.is_current, FALSE, FALSE
FROM product_versions v
WHERE NOT EXISTS (SELECT 1 FROM dim_product d WHERE d.product_key = v.product_key);

UPDATE dim_product d
SET is_deleted = TRUE
WHERE d.product_key <> 0 AND NOT d.is_inferred AND NOT d.is_deleted
  AND NOT EXISTS (SELECT 1 FROM stg_products s WHERE s.id = d.product_id);
