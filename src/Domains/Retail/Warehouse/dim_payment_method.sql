-- Methods that no payment had before.
INSERT INTO dim_payment_method (payment_method_key, method)
SELECT known.last + row_number() OVER (ORDER BY fresh.method), fresh.method
FROM (SELECT DISTINCT p.method FROM accepted_payments p WHERE p.method IS NOT NULL AND {{payments p.id}}
      AND NOT EXISTS (SELECT 1 FROM dim_payment_method d WHERE d.method = p.method)) fresh
CROSS JOIN (SELECT max(payment_method_key) AS last FROM dim_payment_method) known;
