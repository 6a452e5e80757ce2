WITH known AS (
  SELECT DISTINCT ON (user_id, campaign_id, "timestamp", source)
    CASE WHEN source = 'events' THEN '' ELSE user_id END AS account, campaign_id, '' AS ad_set_id, '' AS ad_id, "timestamp", impressions,
    clicks, spend, conversions, conversion_value, source, learned_at
  FROM campaign_metrics
  WHERE learned_at <= @as_of AND "timestamp" >= @from AND "timestamp" < @behind AND (@campaign = '' OR campaign_id = @campaign)
    AND (@account = '' OR (user_id = @account AND source = 'reported'))
  ORDER BY user_id, campaign_id, "timestamp", source, learned_at DESC
), chosen AS (
  SELECT * FROM (
    SELECT k.*, bool_or(source = 'reported') OVER (PARTITION BY campaign_id, CAST("timestamp" AS date)) AS is_reported FROM known k
  ) r
  WHERE source = 'reported' OR NOT is_reported
)
