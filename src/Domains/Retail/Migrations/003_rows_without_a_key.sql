-- Rows without a key are kept in etl_rejects only; former versions staged them as well.
DELETE FROM stg_roles WHERE id IS NULL;
DELETE FROM stg_users WHERE id IS NULL;
DELETE FROM stg_categories WHERE id IS NULL;
DELETE FROM stg_products WHERE id IS NULL;
DELETE FROM stg_regions WHERE id IS NULL;
DELETE FROM stg_employees WHERE id IS NULL;
DELETE FROM stg_customers WHERE id IS NULL;
DELETE FROM stg_orders WHERE id IS NULL;
DELETE FROM stg_order_items WHERE order_id IS NULL OR line_number IS NULL;
DELETE FROM stg_payments WHERE id IS NULL;
