-- The orders that this run has to look at again: those that changed, whose customer's or product's versions changed, and those
-- where the fact table has drifted from what is staged. Where rows are held back, also those that were read again and are the
-- same: what a rule says of them may have changed.
CREATE TEMP TABLE affected_orders AS
SELECT order_id FROM changed_orders WHERE order_id IS NOT NULL
UNION SELECT unit FROM stg_orders_units WHERE {{rejects}}
UNION SELECT unit FROM stg_order_items_units WHERE {{rejects}}
UNION SELECT order_id FROM replaced_payments WHERE order_id IS NOT NULL AND {{rejects}}
UNION SELECT p.order_id FROM stg_payments_next p WHERE p.order_id IS NOT NULL AND {{rejects}}
UNION SELECT o.id FROM stg_orders o WHERE o.customer_id IN (SELECT customer_id FROM changed_customers)
UNION
SELECT i.order_id
FROM stg_order_items i
JOIN stg_orders o ON o.id = i.order_id
JOIN changed_products p ON p.product_id = i.product_id
WHERE o.ordered_at >= p.changed_from
UNION SELECT o.id FROM stg_orders o WHERE {{restated_order o.ordered_at}}
UNION SELECT order_id FROM drifted_orders;
