-- Revenue, margin and orders over an interval of days; cancelled orders count as orders, not as revenue.
SELECT min(d.date) AS first_day, max(d.date) AS last_day, count(DISTINCT f.order_id) AS orders,
       count(DISTINCT CASE WHEN f.order_status = 'cancelled' THEN f.order_id END) AS cancelled,
       COALESCE(sum(CASE WHEN f.order_status <> 'cancelled' THEN f.net END), 0) AS revenue,
       COALESCE(sum(CASE WHEN f.order_status <> 'cancelled' THEN f.margin END), 0) AS margin
FROM fact_sales f
JOIN dim_date d ON d.date_key = f.date_key
WHERE NOT f.is_deleted AND f.date_key >= @from AND f.date_key < @to
