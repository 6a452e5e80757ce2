-- Type 2 on region and e-mail. Every state the source was seen in is kept in history_customer; the versions are derived from
-- it, and their keys from the customer and the version's number, so that a rebuild gives the same keys.
CREATE TEMP TABLE customer_changes AS
SELECT c.id AS customer_id, COALESCE(c.updated_at, TIMESTAMP '1970-01-01') AS effective_from, c.region_id, c.email
FROM accepted_customers c
LEFT JOIN (SELECT DISTINCT ON (customer_id) customer_id, region_id, email
           FROM history_customer h WHERE {{customers h.customer_id}} ORDER BY customer_id, effective_from DESC) h ON h.customer_id = c.id
WHERE {{customers c.id}}
  AND (h.customer_id IS NULL OR h.region_id IS DISTINCT FROM c.region_id OR h.email IS DISTINCT FROM c.email);

-- The source's latest word counts from its own time stamp on: what was seen after that is withdrawn. A change that kept its
-- time stamp corrects the version in place.
DELETE FROM history_customer h
USING customer_changes c
WHERE h.customer_id = c.customer_id AND h.effective_from >= c.effective_from;

INSERT INTO history_customer (customer_id, effective_from, region_id, email)
SELECT customer_id, effective_from, region_id, email FROM customer_changes;

CREATE TEMP TABLE customer_numbers AS
{{numbers dim_customer|customer_key|customer_id|SELECT h.customer_id AS id FROM history_customer h WHERE {{customers h.customer_id}}}};

CREATE TEMP TABLE customer_versions AS
WITH observed AS (
    SELECT h.customer_id, h.effective_from, h.region_id, h.email, row_number() OVER w AS number,
           lag(h.region_id) OVER w AS previous_region_id, lag(h.email) OVER w AS previous_email
    FROM history_customer h
    WHERE {{customers h.customer_id}}
    WINDOW w AS (PARTITION BY h.customer_id ORDER BY h.effective_from)),
versions AS (
    SELECT o.customer_id, o.effective_from, o.region_id, o.email, row_number() OVER w AS version, lead(o.effective_from) OVER w AS next_from
    FROM observed o
    WHERE o.number = 1 OR o.region_id IS DISTINCT FROM o.previous_region_id OR o.email IS DISTINCT FROM o.previous_email
    WINDOW w AS (PARTITION BY o.customer_id ORDER BY o.effective_from))
SELECT {{version_key v.customer_id|v.version|n.number}} AS customer_key, v.customer_id, c.user_id, c.name, v.email, c.phone, v.region_id, r.name AS region,
       CASE WHEN v.version = 1 THEN TIMESTAMP '1900-01-01' ELSE v.effective_from END AS valid_from,
       COALESCE(v.next_from, TIMESTAMP '9999-12-31') AS valid_to, v.next_from IS NULL AS is_current
FROM versions v
JOIN accepted_customers c ON c.id = v.customer_id
LEFT JOIN customer_numbers n ON n.id = v.customer_id
LEFT JOIN dim_region r ON r.region_id = v.region_id AND NOT r.is_inferred;

-- Whose orders have to look for their version again.
CREATE TEMP TABLE changed_customers AS
SELECT DISTINCT v.customer_id
FROM customer_versions v
LEFT JOIN dim_customer d ON d.customer_key = v.customer_key
WHERE {{restated_customer v}}
  AND (d.customer_key IS NULL OR d.valid_from <> v.valid_from OR d.valid_to <> v.valid_to);

UPDATE dim_customer d
SET user_id = v.user_id, name = v.name, email = v.email, phone = v.phone, region_id = v.region_id, region = v.region,
    valid_from = v.valid_from, valid_to = v.valid_to, is_current = v.is_current, is_inferred = FALSE, is_deleted = FALSE
FROM customer_versions v
WHERE d.customer_key = v.customer_key AND {{restated_customer v}}
  AND (d.user_id IS DISTINCT FROM v.user_id OR d.name IS DISTINCT FROM v.name OR d.email IS DISTINCT FROM v.email
       OR d.phone IS DISTINCT FROM v.phone OR d.region_id IS DISTINCT FROM v.region_id OR d.region IS DISTINCT FROM v.region
       OR d.valid_from <> v.valid_from OR d.valid_to <> v.valid_to OR d.is_current <> v.is_current OR d.is_inferred OR d.is_deleted);

DELETE FROM dim_customer d
WHERE d.customer_id IN (SELECT customer_id FROM customer_versions)
  AND NOT EXISTS (SELECT 1 FROM customer_versions v WHERE v.customer_key = d.customer_key);

INSERT INTO dim_customer (customer_key, customer_id, user_id, name, email, phone, region_id, region, valid_from, valid_to, is_current, is_inferred, is_deleted)
SELECT v.customer_key, v.customer_id, v.user_id, v.name, v.email, v.phone, v.region_id, v.region, v.valid_from, v.valid_to, v.is_current, FALSE, FALSE
FROM customer_versions v
WHERE NOT EXISTS (SELECT 1 FROM dim_customer d WHERE d.customer_key = v.customer_key);

UPDATE dim_customer d
SET is_deleted = TRUE
WHERE d.customer_key <> 0 AND NOT d.is_inferred AND NOT d.is_deleted AND {{customers d.customer_id}}
  AND NOT EXISTS (SELECT 1 FROM stg_customers s WHERE s.id = d.customer_id);
