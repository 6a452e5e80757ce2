-- The lines behind a key figure, newest order first.
SELECT f.order_id, f.line_number, d.date, {{customer c}} AS customer, p.sku, p.name AS product, r.name AS region, m.name AS manager, y.method,
       f.order_status, f.payment_status, f.quantity, f.unit_price, f.discount, f.net, f.margin
FROM fact_sales f
JOIN dim_date d ON d.date_key = f.date_key
JOIN dim_customer c ON c.customer_key = f.customer_key
JOIN dim_region r ON r.region_key = f.region_key
JOIN dim_manager m ON m.manager_key = f.manager_key
JOIN dim_product p ON p.product_key = f.product_key
JOIN dim_payment_method y ON y.payment_method_key = f.payment_method_key
WHERE NOT f.is_deleted AND f.date_key >= @from AND f.date_key < @to
  AND (@region = '' OR r.name = @region) AND (@manager = '' OR m.name = @manager)
  AND (@category = '' OR COALESCE(p.main_category, 'Unknown') = @category) AND (@method = '' OR y.method = @method)
ORDER BY f.order_id DESC, f.line_number
LIMIT @limit OFFSET @offset
