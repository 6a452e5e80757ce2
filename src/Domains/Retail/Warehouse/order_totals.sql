SELECT i.order_id, sum({{whole i.quantity}} * i.unit_price - i.discount) AS net
FROM {{lines}} i
WHERE {{in_slice i.order_id}}
