-- A count below zero means that nobody has counted yet.
SELECT n.nspname::text,
       c.relname::text,
       CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END,
       CASE WHEN c.relkind <> 'v' AND c.reltuples >= 0 THEN c.reltuples::bigint END,
       CASE WHEN c.relkind <> 'v' THEN pg_catalog.pg_total_relation_size(c.oid) END
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm')
  AND n.nspname !~ '^(pg_|information_schema$|reporting$)' -- reporting is for logins of others
  AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
ORDER BY 1, 2
