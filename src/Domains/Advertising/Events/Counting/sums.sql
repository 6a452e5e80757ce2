SELECT user_id, campaign_id, {{day happened_at}} AS "timestamp",
  CAST(sum(CASE WHEN type = 'impression' THEN 1 ELSE 0 END) AS {{integer}}) AS impressions,
  CAST(sum(CASE WHEN type = 'click' THEN 1 ELSE 0 END) AS {{integer}}) AS clicks,
  CAST(sum(CASE WHEN type = 'conversion' THEN 1 ELSE 0 END) AS {{integer}}) AS conversions,
  sum(CASE WHEN type = 'conversion' THEN value - value ELSE value END) AS spend,
  sum(CASE WHEN type = 'conversion' THEN value ELSE value - value END) AS conversion_value
FROM {{events}}
GROUP BY user_id, campaign_id, {{day happened_at}}
