-- What reports of others stand on: names and meanings that stay, whatever becomes of the tables behind them, and nobody's personal data.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'reporting') THEN
    CREATE SCHEMA reporting;
  END IF;
END
$$;

CREATE VIEW reporting.sales AS
SELECT f.order_id, f.line_number, d.date, f.order_status, f.quantity, f.unit_price, f.discount, f.gross, f.net, f.cost, f.margin, f.paid_amount,
       f.payment_status, m.method AS payment_method, c.customer_id, p.product_id, p.sku, p.name AS product, p.brand, p.main_category, p.sub_category,
       r.name AS region, e.employee_id AS manager_id, e.region AS manager_region
FROM fact_sales f
JOIN dim_date d ON d.date_key = f.date_key
JOIN dim_customer c ON c.customer_key = f.customer_key
JOIN dim_product p ON p.product_key = f.product_key
JOIN dim_region r ON r.region_key = f.region_key
JOIN dim_manager e ON e.manager_key = f.manager_key
JOIN dim_payment_method m ON m.payment_method_key = f.payment_method_key
WHERE NOT f.is_deleted;

CREATE VIEW reporting.daily_sales AS
SELECT d.date, count(DISTINCT f.order_id) AS orders, count(*) AS lines, sum(f.quantity) AS quantity, sum(f.gross) AS gross, sum(f.net) AS net,
       sum(f.cost) AS known_cost, sum(f.margin) AS known_margin, count(*) FILTER (WHERE f.cost IS NULL) AS lines_without_cost, sum(f.paid_amount) AS paid_amount
FROM fact_sales f
JOIN dim_date d ON d.date_key = f.date_key
WHERE NOT f.is_deleted
GROUP BY d.date;

CREATE VIEW reporting.products AS
SELECT product_id, sku, name, brand, main_category, sub_category, price, cost, is_active, valid_from, valid_to, is_current
FROM dim_product
WHERE product_key <> 0 AND NOT is_deleted;

CREATE VIEW reporting.customers AS
SELECT customer_id, region, valid_from, valid_to, is_current
FROM dim_customer
WHERE customer_key <> 0 AND NOT is_deleted;

CREATE VIEW reporting.calendar AS
SELECT date, year, quarter, month, month_name, day, day_of_week, day_name, iso_year, iso_week, is_weekend, is_holiday
FROM dim_date
WHERE date IS NOT NULL;

CREATE VIEW reporting.loads AS
SELECT run_id, mode, from_at, to_at, started_at, finished_at, status
FROM etl_runs;
