-- The same, by one attribute of a dimension.
SELECT {{key}} AS key, count(DISTINCT f.order_id) AS orders,
       count(DISTINCT CASE WHEN f.order_status = 'cancelled' THEN f.order_id END) AS cancelled,
       COALESCE(sum(CASE WHEN f.order_status <> 'cancelled' THEN f.net END), 0) AS revenue,
       COALESCE(sum(CASE WHEN f.order_status <> 'cancelled' THEN f.margin END), 0) AS margin
FROM fact_sales f
JOIN dim_date d ON d.date_key = f.date_key
JOIN dim_region r ON r.region_key = f.region_key
JOIN dim_manager m ON m.manager_key = f.manager_key
JOIN dim_product p ON p.product_key = f.product_key
JOIN dim_payment_method y ON y.payment_method_key = f.payment_method_key
WHERE NOT f.is_deleted AND f.date_key >= @from AND f.date_key < @to
GROUP BY 1
ORDER BY {{order}}
