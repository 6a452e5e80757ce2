WITH reported AS (
  SELECT DISTINCT ON (user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment)
    user_id AS account, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, impressions, clicks, spend, conversions, conversion_value,
    learned_at
  FROM ad_metrics
  WHERE learned_at <= @as_of AND "timestamp" >= @from AND "timestamp" < @behind AND (@campaign = '' OR campaign_id = @campaign)
    AND (@account = '' OR user_id = @account) AND {{level}} <> ''
  ORDER BY user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment, learned_at DESC
), counted AS (
  SELECT '' AS account, campaign_id, '' AS ad_set_id, ad_id, date_trunc('day', happened_at) AS "timestamp",
    CAST(sum(CASE WHEN type = 'impression' THEN 1 ELSE 0 END) AS bigint) AS impressions,
    CAST(sum(CASE WHEN type = 'click' THEN 1 ELSE 0 END) AS bigint) AS clicks,
    sum(CASE WHEN type = 'conversion' THEN 0 ELSE value END) AS spend,
    CAST(sum(CASE WHEN type = 'conversion' THEN 1 ELSE 0 END) AS bigint) AS conversions,
    sum(CASE WHEN type = 'conversion' THEN value ELSE 0 END) AS conversion_value, max(counted_at) AS learned_at
  FROM ad_events e
  WHERE counted_at <= @as_of AND happened_at >= @from AND happened_at < @behind AND (@campaign = '' OR campaign_id = @campaign) AND @account = ''
    AND NOT EXISTS (
      SELECT 1 FROM reported r WHERE r.campaign_id = e.campaign_id AND r."timestamp" = date_trunc('day', e.happened_at)
    )
  GROUP BY campaign_id, ad_id, date_trunc('day', happened_at)
), chosen AS (
  SELECT account, campaign_id, ad_set_id, ad_id, "timestamp", impressions, clicks, spend, conversions, conversion_value, learned_at
  FROM (
    SELECT r.*, dense_rank() OVER (
      PARTITION BY account, campaign_id, "timestamp" ORDER BY CASE WHEN ad_id <> '' THEN 2 ELSE 1 END, breakdown
    ) AS preference
    FROM reported r
  ) ranked
  WHERE preference = 1
  UNION ALL
  SELECT account, campaign_id, ad_set_id, ad_id, "timestamp", impressions, clicks, spend, conversions, conversion_value, learned_at
  FROM counted
)
