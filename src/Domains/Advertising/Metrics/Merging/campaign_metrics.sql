INSERT INTO campaign_metrics (user_id, campaign_id, "timestamp", impressions, clicks, spend, conversions, approved_conversions,
  conversion_value, source, learned_at)
SELECT n.user_id, n.campaign_id, n."timestamp", n.impressions, n.clicks, n.spend, n.conversions, n.approved_conversions,
  n.conversion_value, 'reported', GREATEST(CAST(@now AS timestamp), o.learned_at + INTERVAL '1 microsecond')
FROM (
  SELECT user_id, campaign_id, "timestamp", CAST(sum(impressions) AS bigint) AS impressions, CAST(sum(clicks) AS bigint) AS clicks,
    sum(spend) AS spend, sum(conversions) AS conversions, sum(approved_conversions) AS approved_conversions,
    sum(conversion_value) AS conversion_value
  FROM (
    SELECT c.*, dense_rank() OVER (
      PARTITION BY user_id, campaign_id, "timestamp"
      ORDER BY CASE WHEN ad_id <> '' THEN 2 WHEN ad_set_id <> '' THEN 1 ELSE 0 END, breakdown
    ) AS preference
    FROM {{current}} c
  ) ranked
  WHERE preference = 1
  GROUP BY user_id, campaign_id, "timestamp"
) n
LEFT JOIN (
  SELECT DISTINCT ON (user_id, campaign_id, "timestamp") m.*
  FROM campaign_metrics m
  WHERE source = 'reported' AND EXISTS (
    SELECT 1 FROM report_days d
    WHERE d.user_id = m.user_id AND d.campaign_id = m.campaign_id AND d."timestamp" = m."timestamp"
  )
  ORDER BY user_id, campaign_id, "timestamp", learned_at DESC
) o ON o.user_id = n.user_id AND o.campaign_id = n.campaign_id AND o."timestamp" = n."timestamp"
WHERE o.user_id IS NULL OR n.impressions <> o.impressions OR n.clicks <> o.clicks OR n.spend <> o.spend OR n.conversions <> o.conversions
  OR n.approved_conversions IS DISTINCT FROM o.approved_conversions OR n.conversion_value IS DISTINCT FROM o.conversion_value;
