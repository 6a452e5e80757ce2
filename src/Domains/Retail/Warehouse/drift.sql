-- Blocks of orders whose facts do not add up to what is staged and accepted: found by sums, as source and staging are. Keys
-- of versions are compared by the customer and the product that they belong to.
CREATE TEMP TABLE fact_blocks AS
SELECT {{block order_id}} AS block, count(*) AS n, sum(quantity) AS quantity, sum(unit_price) AS price, sum(discount) AS discount,
       sum(gross) AS gross, sum(net) AS net, sum(paid_amount) AS paid, sum(CASE WHEN margin IS DISTINCT FROM net - cost THEN 1 ELSE 0 END) AS wrong,
       sum(date_key) AS dates, sum(region_key) AS regions, sum(manager_key) AS managers, sum(customer_key - customer_key % 10000) AS customers,
       sum(product_key - product_key % 10000) AS products, sum({{status_number order_status}}) AS statuses
FROM fact_sales
WHERE NOT is_deleted
GROUP BY 1;

CREATE TEMP TABLE staged_blocks AS
WITH orders AS (
    SELECT o.id, CASE WHEN o.customer_id > 0 THEN o.customer_id * 10000 ELSE 0 END AS customer, CASE WHEN o.region_id > 0 THEN o.region_id ELSE 0 END AS region,
           CASE WHEN o.manager_id > 0 THEN o.manager_id ELSE 0 END AS manager, {{status_number o.status}} AS status,
           CAST(extract(year FROM o.ordered_at) AS integer) * 10000 + CAST(extract(month FROM o.ordered_at) AS integer) * 100
               + CAST(extract(day FROM o.ordered_at) AS integer) AS date
    FROM accepted_orders o)
SELECT {{block i.order_id}} AS block, count(*) AS n, sum(i.quantity) AS quantity, sum(i.unit_price) AS price, sum(i.discount) AS discount,
       sum(CAST(i.quantity AS numeric(18,0)) * i.unit_price) AS gross, sum(o.date) AS dates, sum(o.region) AS regions, sum(o.manager) AS managers,
       sum(o.customer) AS customers, sum(i.product_id * 10000) AS products, sum(o.status) AS statuses
FROM accepted_order_items i
JOIN orders o ON o.id = i.order_id
GROUP BY 1;

CREATE TEMP TABLE paid_blocks AS
SELECT {{block p.order_id}} AS block, sum(p.amount) AS paid
FROM accepted_payments p
WHERE p.status = 'completed'
  AND NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'orders' AND r.key1 = p.order_id)
GROUP BY 1;

CREATE TEMP TABLE drifted_orders AS
WITH drifted AS (
    SELECT COALESCE(f.block, s.block) AS block
    FROM fact_blocks f
    FULL JOIN staged_blocks s ON s.block = f.block
    LEFT JOIN paid_blocks p ON p.block = COALESCE(f.block, s.block)
    WHERE f.n IS DISTINCT FROM s.n OR f.quantity IS DISTINCT FROM s.quantity OR f.price IS DISTINCT FROM s.price
       OR f.discount IS DISTINCT FROM s.discount OR f.gross IS DISTINCT FROM s.gross OR f.net IS DISTINCT FROM s.gross - s.discount OR f.wrong > 0
       OR f.dates IS DISTINCT FROM s.dates OR f.regions IS DISTINCT FROM s.regions OR f.managers IS DISTINCT FROM s.managers
       OR f.customers IS DISTINCT FROM s.customers OR f.products IS DISTINCT FROM s.products OR f.statuses IS DISTINCT FROM s.statuses
       OR COALESCE(f.paid, 0) <> COALESCE(p.paid, 0))
SELECT o.id AS order_id FROM stg_orders o WHERE {{block o.id}} IN (SELECT block FROM drifted)
UNION SELECT f.order_id FROM fact_sales f WHERE NOT f.is_deleted AND {{block f.order_id}} IN (SELECT block FROM drifted);
