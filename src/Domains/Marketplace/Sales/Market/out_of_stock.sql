-- And those that were out of stock when they were seen: on as large a share of the 30 days as of the days on which they were.
INSERT INTO market_missed (sku, missed, is_gone)
SELECT s.sku, CAST(30 AS double precision) * s.outs / s.seen, FALSE
FROM (
  SELECT f.sku, count(*) AS seen, count(*) FILTER (
    WHERE lower(f.features ->> 'availability') LIKE '%out%of%stock%'
      OR lower(f.features ->> 'availability') IN ('sold out', 'soldout', 'unavailable', 'not available', 'false', 'no', 'нет в наличии', 'нет', 'жоқ', 'қоймада жоқ')
      OR (f.features ->> 'stock') = '0'
  ) AS outs
  FROM features_daily f WHERE f.feature_date > @latest AND f.feature_date <= @day GROUP BY f.sku
) s
WHERE s.outs > 0 AND NOT EXISTS (SELECT 1 FROM market_missed m WHERE m.sku = s.sku)
