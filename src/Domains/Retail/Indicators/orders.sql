-- Orders, cancellations, revenue and margin over an interval of days, in one pass: by period, region, manager and payment method, and of all together
-- (part 'all', whose key is empty). What a line is grouped by here is its order's, so that an order is one row before it is counted.
-- The margin is that of the lines whose cost is known: nothing of all that was sold, where no cost is.
WITH orders AS (
    SELECT f.order_id, f.date_key, f.region_key, f.manager_key, f.payment_method_key, f.order_status = 'cancelled' AS is_cancelled,
           sum(f.net) AS net, sum(f.margin) AS margin
    FROM fact_sales f
    WHERE NOT f.is_deleted AND f.date_key >= @from AND f.date_key < @to
    GROUP BY 1, 2, 3, 4, 5, 6),
sums AS (
    SELECT date_key, region_key, manager_key, payment_method_key, count(*) AS orders,
           sum(CASE WHEN is_cancelled THEN 1 ELSE 0 END) AS cancelled,
           COALESCE(sum(CASE WHEN is_cancelled THEN NULL ELSE net END), 0) AS revenue,
           sum(CASE WHEN is_cancelled THEN NULL ELSE margin END) AS margin
    FROM orders
    GROUP BY GROUPING SETS ((date_key), (region_key), (manager_key), (payment_method_key), ())),
named AS (
    SELECT 'period' AS part, {{period}} AS key, d.date AS day, s.orders, s.cancelled, s.revenue, s.margin FROM sums s JOIN dim_date d ON d.date_key = s.date_key
    UNION ALL
    SELECT 'region', r.name, NULL, s.orders, s.cancelled, s.revenue, s.margin FROM sums s JOIN dim_region r ON r.region_key = s.region_key
    UNION ALL
    SELECT 'manager', m.name, NULL, s.orders, s.cancelled, s.revenue, s.margin FROM sums s JOIN dim_manager m ON m.manager_key = s.manager_key
    UNION ALL
    SELECT 'method', y.method, NULL, s.orders, s.cancelled, s.revenue, s.margin FROM sums s JOIN dim_payment_method y ON y.payment_method_key = s.payment_method_key
    UNION ALL
    SELECT 'all', NULL, NULL, s.orders, s.cancelled, s.revenue, s.margin FROM sums s
    WHERE s.date_key IS NULL AND s.region_key IS NULL AND s.manager_key IS NULL AND s.payment_method_key IS NULL)
SELECT part, key, min(day) AS first_day, max(day) AS last_day, CAST(sum(orders) AS bigint) AS orders, CAST(sum(cancelled) AS bigint) AS cancelled,
       sum(revenue) AS revenue, CASE WHEN sum(orders) = sum(cancelled) THEN 0 ELSE sum(margin) END AS margin
FROM named
GROUP BY part, key
ORDER BY part, key
