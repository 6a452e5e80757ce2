WITH ages AS (SELECT * FROM (VALUES {{ages}}) a(age)),
versions AS (
  SELECT user_id, campaign_id, CAST("timestamp" AS timestamp) AS "timestamp", learned_at, 'conversions' AS kind, conversions AS amount
  FROM campaign_metrics
  WHERE source = 'reported' AND learned_at <= @as_of AND "timestamp" <= @mature AND (@campaign = '' OR campaign_id = @campaign)
    AND (@account = '' OR user_id = @account)
  UNION ALL
  SELECT user_id, campaign_id, CAST("timestamp" AS timestamp), learned_at, 'approved_conversions', approved_conversions
  FROM campaign_metrics
  WHERE source = 'reported' AND learned_at <= @as_of AND "timestamp" <= @mature AND (@campaign = '' OR campaign_id = @campaign)
    AND (@account = '' OR user_id = @account) AND approved_conversions IS NOT NULL
), known AS (
  SELECT DISTINCT ON (user_id, campaign_id, "timestamp", kind, age) user_id, campaign_id, "timestamp", kind, age, amount
  FROM versions JOIN ages ON learned_at <= "timestamp" + (age + 1) * INTERVAL '1 day'
  ORDER BY user_id, campaign_id, "timestamp", kind, age, learned_at DESC
)
SELECT k.kind, k.age, count(*), sum(k.amount), sum(f.amount), sum(k.amount * k.amount), sum(k.amount * f.amount), sum(f.amount * f.amount)
FROM known k
JOIN known f ON f.user_id = k.user_id AND f.campaign_id = k.campaign_id AND f."timestamp" = k."timestamp" AND f.kind = k.kind
  AND f.age = {{last}} AND f.amount > 0
GROUP BY k.kind, k.age
ORDER BY k.kind DESC, k.age
