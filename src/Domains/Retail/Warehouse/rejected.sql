-- The staged rows that a rule holds back, by key; for those that another table decides, also by order.
CREATE TEMP TABLE rejected AS
SELECT source_table,
       CAST(NULLIF(split_part(natural_key, ':', 1), '') AS bigint) AS key1,
       CAST(NULLIF(split_part(natural_key, ':', 2), '') AS integer) AS key2,
       CASE WHEN {{between_tables rule}} THEN CAST("row" ->> 'order_id' AS bigint) END AS order_id
FROM etl_rejects
WHERE replayed_at IS NULL AND rule NOT LIKE '%.key.unique';
