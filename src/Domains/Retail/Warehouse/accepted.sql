-- What the star is built from: the staged rows that no rule holds back.
CREATE TEMP VIEW accepted_categories AS
SELECT * FROM stg_categories s
WHERE s.id IS NOT NULL AND {{not_rejected categories|s.id}};

CREATE TEMP VIEW accepted_products AS
SELECT * FROM stg_products s
WHERE s.id IS NOT NULL AND {{not_rejected products|s.id}};

CREATE TEMP VIEW accepted_regions AS
SELECT * FROM stg_regions s
WHERE s.id IS NOT NULL AND {{not_rejected regions|s.id}};

CREATE TEMP VIEW accepted_employees AS
SELECT * FROM stg_employees s
WHERE s.id IS NOT NULL AND {{not_rejected employees|s.id}};

-- A source that has erased a person holds nothing, or an empty text: both are nothing here.
CREATE TEMP VIEW accepted_customers AS
SELECT s.id, s.user_id, CASE WHEN trim(s.name) <> '' THEN s.name END AS name, CASE WHEN trim(s.email) <> '' THEN s.email END AS email,
       CASE WHEN trim(s.phone) <> '' THEN s.phone END AS phone, s.region_id, s.created_at, s.updated_at, s.bucket, s.row_hash
FROM stg_customers s
WHERE s.id IS NOT NULL AND {{not_rejected customers|s.id}};

CREATE TEMP VIEW accepted_orders AS
SELECT * FROM stg_orders s
WHERE s.id IS NOT NULL AND {{not_rejected orders|s.id}};

CREATE TEMP VIEW accepted_order_items AS
SELECT * FROM stg_order_items s
WHERE s.order_id IS NOT NULL AND s.line_number IS NOT NULL
  AND {{not_rejected order_items|s.order_id, s.line_number}};

CREATE TEMP VIEW accepted_payments AS
SELECT * FROM stg_payments s
WHERE s.id IS NOT NULL AND {{not_rejected payments|s.id}};
