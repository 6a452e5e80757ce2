-- Blocks of orders whose facts do not add up to what is staged and accepted: found by sums, as source and staging are.
CREATE TEMP TABLE fact_blocks AS
SELECT {{block order_id}} AS block, count(*) AS n, sum(quantity) AS quantity, sum(unit_price) AS price, sum(discount) AS discount,
       sum(net) AS net, sum(paid_amount) AS paid
FROM fact_sales
WHERE NOT is_deleted
GROUP BY 1;

CREATE TEMP TABLE staged_blocks AS
SELECT {{block i.order_id}} AS block, count(*) AS n, sum(i.quantity) AS quantity, sum(i.unit_price) AS price, sum(i.discount) AS discount,
       sum(CAST(i.quantity AS numeric(18,0)) * i.unit_price - i.discount) AS net
FROM accepted_order_items i
WHERE NOT EXISTS (SELECT 1 FROM rejected r WHERE r.source_table = 'orders' AND r.key1 = i.order_id)
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
       OR f.discount IS DISTINCT FROM s.discount OR f.net IS DISTINCT FROM s.net OR COALESCE(f.paid, 0) <> COALESCE(p.paid, 0))
SELECT o.id AS order_id FROM stg_orders o WHERE {{block o.id}} IN (SELECT block FROM drifted)
UNION SELECT f.order_id FROM fact_sales f WHERE NOT f.is_deleted AND {{block f.order_id}} IN (SELECT block FROM drifted);
