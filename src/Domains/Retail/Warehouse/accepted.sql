-- What the star is built from: the staged rows that no rule holds back.
CREATE TEMP TABLE rejected AS
SELECT source_table,
       CAST(NULLIF(split_part(natural_key, ':', 1), '') AS bigint) AS key1,
       CAST(NULLIF(split_part(natural_key, ':', 2), '') AS integer) AS key2,
       CASE WHEN {{between_tables rule}} THEN CAST("row" ->> 'order_id' AS bigint) END AS order_id
FROM etl_rejects
WHERE replayed_at IS NULL AND rule NOT LIKE '%.key.unique';

CREATE TEMP VIEW accepted_categories AS
SELECT * FROM stg_categories s
WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'categories' AND r.key1 = s.id);

CREATE TEMP VIEW accepted_products AS
SELECT * FROM stg_products s
WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'products' AND r.key1 = s.id);

CREATE TEMP VIEW accepted_regions AS
SELECT * FROM stg_regions s
WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'regions' AND r.key1 = s.id);

CREATE TEMP VIEW accepted_employees AS
SELECT * FROM stg_employees s
WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'employees' AND r.key1 = s.id);

CREATE TEMP VIEW accepted_customers AS
SELECT * FROM stg_customers s
WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'customers' AND r.key1 = s.id);

CREATE TEMP VIEW accepted_orders AS
SELECT * FROM stg_orders s
WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'orders' AND r.key1 = s.id);

CREATE TEMP VIEW accepted_order_items AS
SELECT * FROM stg_order_items s
WHERE s.order_id IS NOT NULL AND s.line_number IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'order_items' AND r.key1 = s.order_id AND r.key2 = s.line_number);

CREATE TEMP VIEW accepted_payments AS
SELECT * FROM stg_payments s
WHERE s.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'payments' AND r.key1 = s.id);
