SELECT i.order_id, i.line_number, o.date_key, o.customer_key, COALESCE(p.product_key, 0) AS product_key, o.region_key, o.manager_key,
       o.payment_method_key, o.order_status, i.quantity, i.unit_price, i.discount,
       {{money {{whole i.quantity}} * i.unit_price}} AS gross,
       {{money {{whole i.quantity}} * i.unit_price - i.discount}} AS net,
       {{money {{whole i.quantity}} * p.cost}} AS cost,
       {{money {{whole i.quantity}} * (i.unit_price - p.cost) - i.discount}} AS margin,
       {{money CASE WHEN o.paid = 0 THEN 0 WHEN o.paid = o.net THEN {{whole i.quantity}} * i.unit_price - i.discount
                    ELSE s.paid_amount END}} AS paid_amount,
       o.payment_status, FALSE AS is_deleted
FROM {{lines}} i
JOIN order_facts o ON o.order_id = i.order_id
LEFT JOIN dim_product p ON p.product_id = i.product_id AND o.ordered_at >= p.valid_from AND o.ordered_at < p.valid_to
LEFT JOIN paid_shares s ON s.order_id = i.order_id AND s.line_number = i.line_number
WHERE {{in_slice i.order_id}}
