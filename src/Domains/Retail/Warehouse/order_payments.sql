SELECT p.order_id, count(*) AS payments, COALESCE(sum(CASE WHEN p.status = 'completed' THEN p.amount END), 0) AS paid,
       min(p.method) AS method, min(p.status) AS status
FROM {{payments_of_orders}} p
WHERE {{in_slice p.order_id}}
