-- What was ordered and not cancelled, less discounts, by day; days without orders have no row.
SELECT d.date, sum(f.net) AS revenue
FROM fact_sales f
JOIN dim_date d ON d.date_key = f.date_key
WHERE NOT f.is_deleted AND f.order_status <> 'cancelled' AND f.date_key > 0 AND f.date_key < @until
GROUP BY d.date
ORDER BY d.date
