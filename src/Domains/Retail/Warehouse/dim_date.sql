-- A row a day without gaps, from the first order's year to a year after the last order.
INSERT INTO dim_date (date_key, date, year, quarter, month, month_name, day, day_of_week, day_name, iso_year, iso_week, is_weekend, is_holiday)
WITH span AS (
    SELECT CAST(date_trunc('year', LEAST(min(o.ordered_at), (SELECT CAST(max(date) AS timestamp) FROM dim_date))) AS date) AS first_day, CAST(max(o.ordered_at) + INTERVAL '1 year' AS date) AS last_day
    FROM {{orders}} o
    WHERE {{in_slice o.id}}),
days AS (
    SELECT CAST(s.d AS date) AS day
    FROM (SELECT {{each_day CAST(first_day AS timestamp)|CAST(last_day AS timestamp)}} AS d FROM span) s),
parts AS (
    SELECT day, CAST(extract(year FROM day) AS integer) AS y, CAST(extract(month FROM day) AS integer) AS m,
           CAST(extract(day FROM day) AS integer) AS d, CAST(extract(isodow FROM day) AS integer) AS w
    FROM days)
SELECT y * 10000 + m * 100 + d, day, y, CAST(extract(quarter FROM day) AS integer), m,
       (ARRAY['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'])[m],
       d, w, (ARRAY['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])[w],
       CAST(extract(isoyear FROM day) AS integer), CAST(extract(week FROM day) AS integer), w >= 6,
       m * 100 + d IN (101, 308, 501, 508, 628, 715, 824, 1001, 1225)
FROM parts p
WHERE NOT EXISTS (SELECT 1 FROM dim_date k WHERE k.date_key = p.y * 10000 + p.m * 100 + p.d);
