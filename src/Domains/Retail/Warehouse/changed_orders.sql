-- The orders of which a row is not what was staged of it, their own, a line's or a payment's: what is the same occurs twice here.
CREATE TEMP TABLE changed_orders AS
SELECT DISTINCT order_id
FROM (
    SELECT order_id
    FROM (
        SELECT 1 AS source, id AS order_id, 0 AS id, row_hash FROM stg_orders_next
        UNION ALL SELECT 1, id, 0, row_hash FROM stg_orders_displaced
        UNION ALL SELECT 2, order_id, line_number, row_hash FROM stg_order_items_next
        UNION ALL SELECT 2, order_id, line_number, row_hash FROM stg_order_items_displaced
        UNION ALL SELECT 3, order_id, id, row_hash FROM stg_payments_next
        UNION ALL SELECT 3, order_id, id, row_hash FROM stg_payments_displaced) rows_read
    GROUP BY source, order_id, id, row_hash
    HAVING count(*) = 1) changed;
