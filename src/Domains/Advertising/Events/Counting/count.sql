INSERT INTO ad_events (id, type, happened_at, campaign_id, ad_id, user_id, value, currency, received_at, counted_at)
SELECT DISTINCT ON (id) id, type, happened_at, campaign_id, ad_id, user_id, value, currency, received_at, CAST(@now AS timestamp)
FROM event_rows r
WHERE NOT EXISTS (SELECT 1 FROM consents c WHERE c.user_id = r.user_id AND NOT c.events)
ORDER BY id, place
ON CONFLICT (id) DO NOTHING;
CREATE TEMP TABLE event_sums AS {{sums}};
INSERT INTO campaign_metrics (user_id, campaign_id, "timestamp", impressions, clicks, spend, conversions, conversion_value, source,
  learned_at)
SELECT n.user_id, n.campaign_id, n."timestamp", n.impressions + COALESCE(o.impressions, 0), n.clicks + COALESCE(o.clicks, 0),
  n.spend + COALESCE(o.spend, 0), n.conversions + COALESCE(o.conversions, 0), n.conversion_value + COALESCE(o.conversion_value, 0),
  'events', GREATEST(CAST(@now AS timestamp), o.learned_at + INTERVAL '1 microsecond')
FROM event_sums n
LEFT JOIN (
  SELECT DISTINCT ON (user_id, campaign_id, "timestamp") m.*
  FROM campaign_metrics m
  WHERE source = 'events' AND EXISTS (
    SELECT 1 FROM event_sums s
    WHERE s.user_id = m.user_id AND s.campaign_id = m.campaign_id AND s."timestamp" = m."timestamp"
  )
  ORDER BY user_id, campaign_id, "timestamp", learned_at DESC
) o ON o.user_id = n.user_id AND o.campaign_id = n.campaign_id AND o."timestamp" = n."timestamp";
DELETE FROM campaign_metrics m
WHERE source = 'events' AND learned_at >= @minute AND EXISTS (
  SELECT 1 FROM event_sums s
  WHERE s.user_id = m.user_id AND s.campaign_id = m.campaign_id AND s."timestamp" = m."timestamp"
) AND EXISTS (
  SELECT 1 FROM campaign_metrics l
  WHERE l.source = 'events' AND l.user_id = m.user_id AND l.campaign_id = m.campaign_id AND l."timestamp" = m."timestamp"
    AND l.learned_at > m.learned_at
);
INSERT INTO campaigns (user_id, id, currency, learned_at)
SELECT DISTINCT '', campaign_id, CAST(NULL AS text), CAST(@now AS timestamp)
FROM event_sums s
WHERE NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.id = s.campaign_id);
