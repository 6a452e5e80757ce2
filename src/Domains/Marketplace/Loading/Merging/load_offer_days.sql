-- What all offers of a product on a day say together; what the rows themselves say stands above it.
CREATE TEMP TABLE load_offer_days AS
SELECT s.sku, s.feature_date,
       CAST('{"price":' || s.least || ',"min_price":' || s.least || ',"max_price":' || s.most || ',"merchants":' || s.merchants || '}' AS {{json_type}}) AS features
FROM (
  SELECT d.sku, d.feature_date, rtrim(rtrim(CAST(min(o.price) AS text), '0'), '.') AS least,
         rtrim(rtrim(CAST(max(o.price) AS text), '0'), '.') AS most, CAST(count(DISTINCT o.merchant) AS text) AS merchants
  FROM (SELECT DISTINCT sku, feature_date, CAST(captured_at AS date) AS captured_day FROM load_offers) d
  JOIN offers o ON o.sku = d.sku AND o.captured_at >= d.captured_day AND o.captured_at < d.captured_day + INTERVAL '1 day'
  GROUP BY d.sku, d.feature_date
) s;

UPDATE load_days d SET features = {{merge_json o.features | d.features}}
FROM load_offer_days o WHERE o.sku = d.sku AND o.feature_date = d.feature_date;

INSERT INTO load_days (sku, feature_date, features)
SELECT o.sku, o.feature_date, o.features FROM load_offer_days o
WHERE NOT EXISTS (SELECT 1 FROM load_days d WHERE d.sku = o.sku AND d.feature_date = o.feature_date);
