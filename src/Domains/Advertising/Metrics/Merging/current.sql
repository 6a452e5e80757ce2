(
  SELECT DISTINCT ON (user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment) m.*
  FROM ad_metrics m
  WHERE EXISTS (
    SELECT 1 FROM report_days d
    WHERE d.user_id = m.user_id AND d.campaign_id = m.campaign_id AND d."timestamp" = m."timestamp"
  )
  ORDER BY user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment, learned_at DESC
)
