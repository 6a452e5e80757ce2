-- The same by main category, of which the lines of an order may have several.
WITH orders AS (
    SELECT f.order_id, COALESCE(p.main_category, 'Unknown') AS key, f.order_status = 'cancelled' AS is_cancelled, sum(f.net) AS net, sum(f.margin) AS margin
    FROM fact_sales f
    JOIN dim_product p ON p.product_key = f.product_key
    WHERE NOT f.is_deleted AND f.date_key >= @from AND f.date_key < @to
    GROUP BY 1, 2, 3)
SELECT 'category' AS part, key, count(*) AS orders, CAST(sum(CASE WHEN is_cancelled THEN 1 ELSE 0 END) AS bigint) AS cancelled,
       COALESCE(sum(CASE WHEN is_cancelled THEN NULL ELSE net END), 0) AS revenue,
       CASE WHEN count(CASE WHEN is_cancelled THEN 1 END) = count(*) THEN 0 ELSE sum(CASE WHEN is_cancelled THEN NULL ELSE margin END) END AS margin
FROM orders
GROUP BY 2
ORDER BY 2
