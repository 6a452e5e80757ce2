-- The orders of which a row is not what was staged of it: their own, a line's or a payment's.
CREATE TEMP TABLE changed_orders AS
SELECT id AS order_id FROM (SELECT id, row_hash FROM stg_orders_next EXCEPT SELECT id, row_hash FROM stg_orders_displaced) n
UNION SELECT id FROM (SELECT id, row_hash FROM stg_orders_displaced EXCEPT SELECT id, row_hash FROM stg_orders_next) d
UNION
SELECT order_id FROM (
    SELECT order_id, line_number, row_hash FROM stg_order_items_next EXCEPT SELECT order_id, line_number, row_hash FROM stg_order_items_displaced) n
UNION
SELECT order_id FROM (
    SELECT order_id, line_number, row_hash FROM stg_order_items_displaced EXCEPT SELECT order_id, line_number, row_hash FROM stg_order_items_next) d
UNION SELECT order_id FROM (SELECT id, order_id, row_hash FROM stg_payments_next EXCEPT SELECT id, order_id, row_hash FROM stg_payments_displaced) n
UNION SELECT order_id FROM (SELECT id, order_id, row_hash FROM stg_payments_displaced EXCEPT SELECT id, order_id, row_hash FROM stg_payments_next) d;
