-- The orders in the blocks that were found to have drifted.
CREATE TEMP TABLE drifted_orders AS
SELECT o.id AS order_id FROM stg_orders o WHERE {{block o.id}} IN (SELECT block FROM drifted_blocks)
UNION SELECT f.order_id FROM fact_sales f WHERE NOT f.is_deleted AND {{block f.order_id}} IN (SELECT block FROM drifted_blocks);
