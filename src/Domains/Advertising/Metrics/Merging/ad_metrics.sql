INSERT INTO ad_metrics (user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment, impressions, clicks, spend, conversions,
  approved_conversions, conversion_value, reach, learned_at)
SELECT n.user_id, n.campaign_id, n.ad_set_id, n.ad_id, n."timestamp", n.breakdown, n.segment, COALESCE(n.impressions, o.impressions, 0),
  COALESCE(n.clicks, o.clicks, 0), COALESCE(n.spend, o.spend, 0), COALESCE(n.conversions, o.conversions, 0),
  COALESCE(n.approved_conversions, o.approved_conversions), COALESCE(n.conversion_value, o.conversion_value),
  COALESCE(n.reach, o.reach), GREATEST(CAST(@now AS timestamp), o.learned_at + INTERVAL '1 microsecond')
FROM report_latest n
LEFT JOIN {{current}} o
  ON o.user_id = n.user_id AND o.campaign_id = n.campaign_id AND o.ad_set_id = n.ad_set_id AND o.ad_id = n.ad_id
  AND o."timestamp" = n."timestamp" AND o.breakdown = n.breakdown AND o.segment = n.segment
WHERE o.user_id IS NULL OR n.impressions <> o.impressions OR n.clicks <> o.clicks OR n.spend <> o.spend OR n.conversions <> o.conversions
  OR COALESCE(n.approved_conversions, o.approved_conversions) IS DISTINCT FROM o.approved_conversions
  OR COALESCE(n.conversion_value, o.conversion_value) IS DISTINCT FROM o.conversion_value
  OR COALESCE(n.reach, o.reach) IS DISTINCT FROM o.reach;
