-- The rows of the orders that this run looks at again, found once: everything after reads these few instead of the whole shop.
-- What was just read of an order is at hand; the others are looked up.
CREATE TEMP TABLE scoped_orders AS
SELECT * FROM accepted_orders o WHERE o.id IN (SELECT order_id FROM affected_orders EXCEPT {{landed_units stg_orders_units}})
UNION ALL
SELECT * FROM stg_orders_next o
WHERE o.id IN ({{landed_units stg_orders_units}}) AND {{affected o.id}}
  AND o.id NOT IN (SELECT key1 FROM rejected WHERE source_table = 'orders' AND key1 IS NOT NULL);

CREATE TEMP TABLE scoped_lines AS
SELECT * FROM accepted_order_items i WHERE i.order_id IN (SELECT order_id FROM affected_orders EXCEPT {{landed_units stg_order_items_units}})
UNION ALL
SELECT * FROM stg_order_items_next i
WHERE i.order_id IN ({{landed_units stg_order_items_units}}) AND {{affected i.order_id}} AND i.line_number IS NOT NULL
  AND (i.order_id, i.line_number) NOT IN (SELECT key1, key2 FROM rejected WHERE source_table = 'order_items' AND key1 IS NOT NULL AND key2 IS NOT NULL);

-- Few are found before it is asked which of them a rule holds back, and not the other way round.
CREATE TEMP TABLE scoped_payments AS SELECT * FROM stg_payments p WHERE p.id IS NOT NULL AND {{affected p.order_id}};
DELETE FROM scoped_payments WHERE id IN (SELECT key1 FROM rejected WHERE source_table = 'payments');
