-- Members that orders name and no dimension has yet: known by their id until their own row arrives.
INSERT INTO dim_customer (customer_key, customer_id, user_id, name, email, phone, region_id, region, valid_from, valid_to, is_current, is_inferred, is_deleted)
SELECT DISTINCT o.customer_id * 10000 + 1, o.customer_id, CAST(NULL AS bigint), 'Unknown', CAST(NULL AS text), CAST(NULL AS text), CAST(NULL AS bigint),
       'Unknown', TIMESTAMP '1900-01-01', TIMESTAMP '9999-12-31', TRUE, TRUE, FALSE
FROM {{orders}} o
WHERE {{in_slice o.id}} AND o.customer_id > 0
  AND NOT EXISTS (SELECT 1 FROM dim_customer d WHERE d.customer_id = o.customer_id);

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
LEFT JOIN dim_region r ON r.region_id = e.region_id
WHERE {{in_slice o.id}} AND o.manager_id > 0
  AND NOT EXISTS (SELECT 1 FROM dim_manager d WHERE d.employee_id = o.manager_id)
GROUP BY o.manager_id;

INSERT INTO dim_product (product_key, product_id, sku, name, brand, category_id, main_category, sub_category, price, cost, is_active,
                         valid_from, valid_to, is_current, is_inferred, is_deleted)
SELECT DISTINCT i.product_id * 10000 + 1, i.product_id, CAST(NULL AS text), 'Unknown', CAST(NULL AS text), CAST(NULL AS bigint), 'Unknown', 'Unknown',
       CAST(NULL AS numeric(12,2)), CAST(NULL AS numeric(12,2)), CAST(NULL AS boolean), TIMESTAMP '1900-01-01', TIMESTAMP '9999-12-31', TRUE, TRUE, FALSE
FROM {{lines}} i
WHERE {{in_slice i.order_id}} AND i.product_id > 0
  AND NOT EXISTS (SELECT 1 FROM dim_product d WHERE d.product_id = i.product_id);

{{analyze dim_customer}}
{{analyze dim_product}}
