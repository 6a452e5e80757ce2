-- The rows of the orders that this run looks at again, found once: everything after reads these few instead of the whole shop.
CREATE TEMP TABLE scoped_orders AS SELECT * FROM accepted_orders o WHERE {{affected o.id}};
CREATE TEMP TABLE scoped_lines AS SELECT * FROM accepted_order_items i WHERE {{affected i.order_id}};
CREATE TEMP TABLE scoped_payments AS SELECT * FROM accepted_payments p WHERE {{affected p.order_id}};
