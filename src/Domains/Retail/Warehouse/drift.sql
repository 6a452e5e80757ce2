-- Blocks of 1,024 orders whose facts do not add up to what is staged and accepted: somebody changed one or the other.
WITH held AS (
    SELECT source_table, CAST(NULLIF(split_part(natural_key, ':', 1), '') AS bigint) AS key1,
           CAST(NULLIF(split_part(natural_key, ':', 2), '') AS integer) AS key2
    FROM etl_rejects
    WHERE replayed_at IS NULL AND rule NOT LIKE '%.key.unique'),
held_orders AS (SELECT key1 FROM held WHERE source_table = 'orders' AND key1 IS NOT NULL),
held_items AS (SELECT key1, key2 FROM held WHERE source_table = 'order_items' AND key1 IS NOT NULL AND key2 IS NOT NULL),
held_payments AS (SELECT key1 FROM held WHERE source_table = 'payments' AND key1 IS NOT NULL),
facts AS (
    SELECT {{block order_id}} AS block, count(*) AS n, sum(quantity) AS quantity, sum(unit_price) AS price, sum(discount) AS discount,
           sum(net) AS net, sum(paid_amount) AS paid, sum({{plain_key product_key}}) AS products,
           sum(CASE WHEN product_key < 0 THEN 1 ELSE 0 END) AS numbered,
           sum(CASE WHEN gross <> net + discount OR margin IS DISTINCT FROM net - cost THEN 1 ELSE 0 END) AS wrong
    FROM fact_sales
    WHERE NOT is_deleted
    GROUP BY 1),
items AS (
    SELECT {{block order_id}} AS block, count(*) AS n, sum(quantity) AS quantity, sum(unit_price) AS price, sum(discount) AS discount,
           sum(quantity * unit_price) - sum(discount) AS net, sum({{plain_product product_id}}) * 10000 AS products,
           sum({{numbered product_id}}) AS numbered
    FROM stg_order_items
    GROUP BY 1),
held_item_sums AS (
    SELECT {{block i.order_id}} AS block, count(*) AS n, sum(i.quantity) AS quantity, sum(i.unit_price) AS price, sum(i.discount) AS discount,
           sum(i.quantity * i.unit_price) - sum(i.discount) AS net, sum({{plain_product i.product_id}}) * 10000 AS products,
           sum({{numbered i.product_id}}) AS numbered
    FROM stg_order_items i
    WHERE (i.order_id, i.line_number) IN (SELECT key1, key2 FROM held_items) OR i.order_id IN (SELECT key1 FROM held_orders)
    GROUP BY 1),
payments AS (
    SELECT {{block order_id}} AS block, sum(amount) AS paid FROM stg_payments WHERE status = 'completed' GROUP BY 1),
held_payment_sums AS (
    SELECT {{block p.order_id}} AS block, sum(p.amount) AS paid
    FROM stg_payments p
    WHERE p.status = 'completed' AND (p.id IN (SELECT key1 FROM held_payments) OR p.order_id IN (SELECT key1 FROM held_orders))
    GROUP BY 1)
SELECT COALESCE(f.block, i.block)
FROM facts f
FULL JOIN items i ON i.block = f.block
LEFT JOIN held_item_sums h ON h.block = COALESCE(f.block, i.block)
LEFT JOIN payments p ON p.block = COALESCE(f.block, i.block)
LEFT JOIN held_payment_sums x ON x.block = COALESCE(f.block, i.block)
WHERE COALESCE(f.n, 0) <> COALESCE(i.n, 0) - COALESCE(h.n, 0)
   OR COALESCE(f.quantity, 0) <> COALESCE(i.quantity, 0) - COALESCE(h.quantity, 0)
   OR COALESCE(f.price, 0) <> COALESCE(i.price, 0) - COALESCE(h.price, 0)
   OR COALESCE(f.discount, 0) <> COALESCE(i.discount, 0) - COALESCE(h.discount, 0)
   OR COALESCE(f.net, 0) <> COALESCE(i.net, 0) - COALESCE(h.net, 0)
   OR COALESCE(f.products, 0) <> COALESCE(i.products, 0) - COALESCE(h.products, 0)
   OR COALESCE(f.numbered, 0) <> COALESCE(i.numbered, 0) - COALESCE(h.numbered, 0)
   OR f.wrong > 0
   OR COALESCE(f.paid, 0) <> COALESCE(p.paid, 0) - COALESCE(x.paid, 0)
