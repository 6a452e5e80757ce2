-- One row an order: its dimensions' keys, what its lines come to and what was paid for it. Of several payments the latest one
-- gives method and status.
CREATE {{work_table}} latest_payments AS
SELECT DISTINCT ON (p.order_id) p.order_id, p.method, p.status
FROM {{payments_of_orders}} p
WHERE p.order_id IN (SELECT order_id FROM order_payments WHERE payments > 1)
ORDER BY p.order_id, p.paid_at DESC NULLS LAST, p.id DESC;

{{analyze latest_payments}}

CREATE {{work_table}} order_facts AS
SELECT o.id AS order_id, o.ordered_at, o.status AS order_status,
       CAST(extract(year FROM o.ordered_at) AS integer) * 10000 + CAST(extract(month FROM o.ordered_at) AS integer) * 100
           + CAST(extract(day FROM o.ordered_at) AS integer) AS date_key,
       COALESCE(c.customer_key, 0) AS customer_key,
       COALESCE(CASE WHEN o.region_id > 0 THEN o.region_id END, 0) AS region_key,
       COALESCE(CASE WHEN o.manager_id > 0 THEN o.manager_id END, 0) AS manager_key,
       COALESCE(m.payment_method_key, 0) AS payment_method_key,
       COALESCE(CASE WHEN l.order_id IS NULL THEN p.status ELSE l.status END, 'none') AS payment_status,
       COALESCE(p.paid, 0) AS paid,
       t.net
FROM {{orders}} o
JOIN order_totals t ON t.order_id = o.id
LEFT JOIN order_payments p ON p.order_id = o.id
LEFT JOIN latest_payments l ON l.order_id = o.id
LEFT JOIN dim_payment_method m ON m.method = CASE WHEN l.order_id IS NULL THEN p.method ELSE l.method END
LEFT JOIN dim_customer c ON c.customer_id = o.customer_id AND o.ordered_at >= c.valid_from AND o.ordered_at < c.valid_to
WHERE {{in_slice o.id}};
{{analyze order_facts}}

-- Payments that are neither nothing nor the whole: spread over the lines by largest remainder, so that the sum stays exact.
CREATE {{work_table}} paid_shares AS
WITH lines AS (
    SELECT i.order_id, i.line_number, CAST(o.paid * 100 AS {{wide_integer}}) AS paid,
           CASE WHEN o.net = 0 THEN CAST(1 AS {{wide_integer}})
                ELSE CAST(({{whole i.quantity}} * i.unit_price - i.discount) * 100 AS {{wide_integer}}) END AS weight
    FROM order_facts o
    JOIN {{lines}} i ON i.order_id = o.order_id
    WHERE o.paid <> 0 AND o.paid <> o.net),
weighed AS (
    SELECT l.order_id, l.line_number, l.paid, l.weight, CAST(sum(l.weight) OVER (PARTITION BY l.order_id) AS {{wide_integer}}) AS total FROM lines l),
shared AS (
    SELECT w.order_id, w.line_number, w.paid, div(w.paid * w.weight, w.total) AS share, mod(w.paid * w.weight, w.total) AS remainder FROM weighed w),
ranked AS (
    SELECT s.order_id, s.line_number, s.share,
           s.paid - sum(s.share) OVER (PARTITION BY s.order_id) AS left_over,
           row_number() OVER (PARTITION BY s.order_id ORDER BY s.remainder DESC, s.line_number) AS place
    FROM shared s)
SELECT r.order_id, r.line_number,
       CAST(CAST(r.share + CASE WHEN r.place <= r.left_over THEN 1 ELSE 0 END AS numeric(30,2)) * CAST(0.01 AS numeric(3,2)) AS numeric(18,2)) AS paid_amount
FROM ranked r;
{{analyze paid_shares}}
