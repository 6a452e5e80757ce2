-- Customers by the month of their first order, and how many of them ordered again in each of the months after it.
WITH months AS (
    SELECT DISTINCT c.customer_id, d.year * 12 + d.month - 1 AS month
    FROM fact_sales f
    JOIN dim_date d ON d.date_key = f.date_key
    JOIN dim_customer c ON c.customer_key = f.customer_key
    WHERE NOT f.is_deleted AND f.order_status <> 'cancelled' AND f.customer_key <> 0 AND f.date_key < @to),
firsts AS (SELECT customer_id, min(month) AS first_month FROM months GROUP BY customer_id)
SELECT s.first_month AS cohort, m.month - s.first_month AS months_later, count(*) AS customers
FROM months m
JOIN firsts s ON s.customer_id = m.customer_id
WHERE m.month - s.first_month <= 12
GROUP BY 1, 2
ORDER BY 1, 2
