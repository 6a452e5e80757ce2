-- What sold best.
SELECT p.sku AS sku, max(p.name) AS name, CAST(sum(f.quantity) AS bigint) AS quantity, sum(f.net) AS revenue, sum(f.margin) AS margin
FROM fact_sales f
JOIN dim_product p ON p.product_key = f.product_key
WHERE NOT f.is_deleted AND f.order_status <> 'cancelled' AND f.date_key >= @from AND f.date_key < @to
GROUP BY p.product_id, p.sku
ORDER BY 4 DESC, 1
LIMIT @top
