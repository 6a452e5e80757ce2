-- Type 1 dimensions: a region's and a manager's key is the source's own id; what changes is overwritten.
UPDATE dim_region d
SET name = r.name, is_inferred = FALSE, is_deleted = FALSE
FROM accepted_regions r
WHERE d.region_id = r.id AND (d.name IS DISTINCT FROM r.name OR d.is_inferred OR d.is_deleted);

INSERT INTO dim_region (region_key, region_id, name, is_inferred, is_deleted)
SELECT r.id, r.id, r.name, FALSE, FALSE
FROM accepted_regions r
WHERE NOT EXISTS (SELECT 1 FROM dim_region d WHERE d.region_id = r.id);

UPDATE dim_region d
SET is_deleted = TRUE
WHERE d.region_key <> 0 AND NOT d.is_inferred AND NOT d.is_deleted
  AND NOT EXISTS (SELECT 1 FROM stg_regions s WHERE s.id = d.region_id);

-- Employees who are managers, or whom an order once named as one.
CREATE TEMP VIEW managers AS
SELECT e.id, e.name, e.position, e.region_id, r.name AS region
FROM accepted_employees e
LEFT JOIN dim_region r ON r.region_id = e.region_id AND NOT r.is_inferred
WHERE e.is_manager OR EXISTS (SELECT 1 FROM dim_manager d WHERE d.employee_id = e.id);

UPDATE dim_manager d
SET name = m.name, position = m.position, region_id = m.region_id, region = m.region, is_inferred = FALSE, is_deleted = FALSE
FROM managers m
WHERE d.employee_id = m.id
  AND (d.name IS DISTINCT FROM m.name OR d.position IS DISTINCT FROM m.position OR d.region_id IS DISTINCT FROM m.region_id
       OR d.region IS DISTINCT FROM m.region OR d.is_inferred OR d.is_deleted);

INSERT INTO dim_manager (manager_key, employee_id, name, position, region_id, region, is_inferred, is_deleted)
SELECT m.id, m.id, m.name, m.position, m.region_id, m.region, FALSE, FALSE
FROM managers m
WHERE NOT EXISTS (SELECT 1 FROM dim_manager d WHERE d.employee_id = m.id);

UPDATE dim_manager d
SET is_deleted = TRUE
WHERE d.manager_key <> 0 AND NOT d.is_inferred AND NOT d.is_deleted
  AND NOT EXISTS (SELECT 1 FROM stg_employees s WHERE s.id = d.employee_id);

DROP VIEW managers;
