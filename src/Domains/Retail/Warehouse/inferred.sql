-- Members that orders name and no dimension has yet: known by their id until their own row arrives.
CREATE TEMP TABLE inferred_customers AS
SELECT DISTINCT o.customer_id AS id
FROM {{orders}} o
WHERE {{in_slice o.id}} AND o.customer_id > 0
  AND NOT EXISTS (SELECT 1 FROM dim_customer d WHERE d.customer_id = o.customer_id);

CREATE TEMP TABLE inferred_customer_numbers AS
{{numbers dim_customer|customer_key|customer_id|SELECT id FROM inferred_customers}};

INSERT INTO dim_customer (customer_key, customer_id, user_id, name, email, phone, region_id, region, valid_from, valid_to, is_current, is_inferred, is_deleted)
SELECT {{version_key i.id|1|n.number}}, i.id, CAST(NULL AS bigint), 'Unknown', CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS bigint),
       'Unknown', TIMESTAMP '1900-01-01', TIMESTAMP '9999-12-31', TRUE, TRUE, FALSE
FROM inferred_customers i
LEFT JOIN inferred_customer_numbers n ON n.id = i.id;

INSERT INTO dim_region (region_key, region_id, name, is_inferred, is_deleted)
SELECT DISTINCT o.region_id, o.region_id, 'Unknown', TRUE, FALSE
FROM {{orders}} o
WHERE {{in_slice o.id}} AND o.region_id > 0
  AND NOT EXISTS (SELECT 1 FROM dim_region d WHERE d.region_id = o.region_id);

INSERT INTO dim_manager (manager_key, employee_id, name, position, region_id, region, is_inferred, is_deleted)
SELECT o.manager_id, o.manager_id, CASE WHEN max(e.id) IS NULL THEN 'Unknown' ELSE max(e.name) END,
       CASE WHEN max(e.id) IS NULL THEN 'Unknown' ELSE max(e.position) END, max(e.region_id),
       CASE WHEN max(e.id) IS NULL THEN 'Unknown' ELSE max(r.name) END, max(e.id) IS NULL, FALSE
FROM {{orders}} o
LEFT JOIN accepted_employees e ON e.id = o.manager_id
LEFT JOIN dim_region r ON r.region_id = e.region_id AND NOT r.is_inferred
WHERE {{in_slice o.id}} AND o.manager_id > 0
  AND NOT EXISTS (SELECT 1 FROM dim_manager d WHERE d.employee_id = o.manager_id)
GROUP BY o.manager_id;

CREATE TEMP TABLE inferred_products AS
SELECT DISTINCT i.product_id AS id
FROM {{lines}} i
WHERE {{in_slice i.order_id}} AND i.product_id > 0
  AND NOT EXISTS (SELECT 1 FROM dim_product d WHERE d.product_id = i.product_id);

CREATE TEMP TABLE inferred_product_numbers AS
{{numbers dim_product|product_key|product_id|SELECT id FROM inferred_products}};

INSERT INTO dim_product (product_key, product_id, sku, name, brand, category_id, main_category, sub_category, price, cost, is_active,
                         valid_from, valid_to, is_current, is_inferred, is_deleted)
SELECT {{version_key i.id|1|n.number}}, i.id, CAST(NULL AS text), 'Unknown', CAST(NULL AS text), CAST(NULL AS bigint), 'Unknown', 'Unknown',
       CAST(NULL AS numeric(12,2)), CAST(NULL AS numeric(12,2)), CAST(NULL AS boolean), TIMESTAMP '1900-01-01', TIMESTAMP '9999-12-31', TRUE, TRUE, FALSE
FROM inferred_products i
LEFT JOIN inferred_product_numbers n ON n.id = i.id;

{{analyze dim_customer}}
{{analyze dim_product}}
