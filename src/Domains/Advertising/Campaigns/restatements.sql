SELECT r.*, (SELECT max(name) FROM campaigns c WHERE c.user_id = r.user_id AND c.id = r.campaign_id) AS name FROM (
  SELECT user_id, campaign_id, "timestamp", lag(learned_at) OVER version AS known_at, learned_at,
    lag(impressions) OVER version AS impressions_before, lag(clicks) OVER version AS clicks_before, lag(spend) OVER version AS spend_before,
    CAST(lag(conversions) OVER version AS double precision) AS conversions_before,
    impressions, clicks, spend, CAST(conversions AS double precision) AS conversions
  FROM campaign_metrics
  WHERE source = 'reported' AND "timestamp" >= @from AND "timestamp" < @behind AND (@campaign = '' OR campaign_id = @campaign)
    AND (@account = '' OR user_id = @account)
  WINDOW version AS (PARTITION BY user_id, campaign_id, "timestamp" ORDER BY learned_at)
) r
WHERE known_at IS NOT NULL AND learned_at > @since
  AND (impressions <> impressions_before OR clicks <> clicks_before OR spend <> spend_before OR conversions <> conversions_before)
ORDER BY learned_at DESC, user_id, campaign_id, "timestamp" DESC LIMIT @limit OFFSET @offset
