UPDATE accounts SET name = n.name, currency = n.currency, time_zone = n.time_zone, platform = 'meta', learned_at = @now
FROM synced_entities n
WHERE n.kind = 'account' AND n.id = accounts.id AND (
  n.name IS DISTINCT FROM accounts.name OR n.currency IS DISTINCT FROM accounts.currency
  OR n.time_zone IS DISTINCT FROM accounts.time_zone OR platform IS DISTINCT FROM 'meta'
);
INSERT INTO accounts (id, platform, name, currency, time_zone, learned_at)
SELECT id, 'meta', name, currency, time_zone, CAST(@now AS timestamp) FROM synced_entities n
WHERE kind = 'account' AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = n.id);
UPDATE campaigns SET name = n.name, status = n.status, objective = n.objective, currency = n.currency, daily_budget = n.daily_budget,
  lifetime_budget = n.lifetime_budget, learned_at = @now
FROM synced_entities n
WHERE n.kind = 'campaign' AND n.user_id = campaigns.user_id AND n.id = campaigns.id AND (
  n.name IS DISTINCT FROM campaigns.name OR n.status IS DISTINCT FROM campaigns.status
  OR n.objective IS DISTINCT FROM campaigns.objective OR n.currency IS DISTINCT FROM campaigns.currency
  OR n.daily_budget IS DISTINCT FROM campaigns.daily_budget OR n.lifetime_budget IS DISTINCT FROM campaigns.lifetime_budget
);
INSERT INTO campaigns (user_id, id, name, status, objective, currency, daily_budget, lifetime_budget, learned_at)
SELECT user_id, id, name, status, objective, currency, daily_budget, lifetime_budget, CAST(@now AS timestamp) FROM synced_entities n
WHERE kind = 'campaign' AND NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.user_id = n.user_id AND c.id = n.id);
UPDATE ad_sets SET campaign_id = n.campaign_id, name = n.name, status = n.status, daily_budget = n.daily_budget,
  lifetime_budget = n.lifetime_budget, learned_at = @now
FROM synced_entities n
WHERE n.kind = 'ad_set' AND n.user_id = ad_sets.user_id AND n.id = ad_sets.id AND (
  n.campaign_id IS DISTINCT FROM ad_sets.campaign_id OR n.name IS DISTINCT FROM ad_sets.name
  OR n.status IS DISTINCT FROM ad_sets.status OR n.daily_budget IS DISTINCT FROM ad_sets.daily_budget
  OR n.lifetime_budget IS DISTINCT FROM ad_sets.lifetime_budget
);
INSERT INTO ad_sets (user_id, id, campaign_id, name, status, daily_budget, lifetime_budget, learned_at)
SELECT user_id, id, campaign_id, name, status, daily_budget, lifetime_budget, CAST(@now AS timestamp) FROM synced_entities n
WHERE kind = 'ad_set' AND NOT EXISTS (SELECT 1 FROM ad_sets s WHERE s.user_id = n.user_id AND s.id = n.id);
UPDATE ads SET campaign_id = n.campaign_id, ad_set_id = n.ad_set_id, name = n.name, status = n.status, learned_at = @now
FROM synced_entities n
WHERE n.kind = 'ad' AND n.user_id = ads.user_id AND n.id = ads.id AND (
  n.campaign_id IS DISTINCT FROM ads.campaign_id OR n.ad_set_id IS DISTINCT FROM ads.ad_set_id OR n.name IS DISTINCT FROM ads.name
  OR n.status IS DISTINCT FROM ads.status
);
INSERT INTO ads (user_id, id, campaign_id, ad_set_id, name, status, learned_at)
SELECT user_id, id, campaign_id, ad_set_id, name, status, CAST(@now AS timestamp) FROM synced_entities n
WHERE kind = 'ad' AND NOT EXISTS (SELECT 1 FROM ads a WHERE a.user_id = n.user_id AND a.id = n.id);
INSERT INTO ad_budgets (user_id, campaign_id, ad_set_id, daily_budget, currency, learned_at)
SELECT n.user_id, n.campaign_id, n.ad_set_id, n.daily_budget, n.currency,
  GREATEST(CAST(@now AS timestamp), o.learned_at + INTERVAL '1 microsecond')
FROM (
  SELECT user_id, id AS campaign_id, '' AS ad_set_id, daily_budget, currency FROM campaigns
  UNION ALL
  SELECT s.user_id, s.campaign_id, s.id, s.daily_budget, c.currency
  FROM ad_sets s LEFT JOIN campaigns c ON c.user_id = s.user_id AND c.id = s.campaign_id
) n
LEFT JOIN (
  SELECT DISTINCT ON (user_id, campaign_id, ad_set_id) user_id, campaign_id, ad_set_id, daily_budget, currency, learned_at
  FROM ad_budgets
  ORDER BY user_id, campaign_id, ad_set_id, learned_at DESC
) o ON o.user_id = n.user_id AND o.campaign_id = n.campaign_id AND o.ad_set_id = n.ad_set_id
WHERE n.user_id IN (SELECT user_id FROM synced_entities) AND (
  (o.user_id IS NULL AND n.daily_budget IS NOT NULL)
  OR (o.user_id IS NOT NULL AND (n.daily_budget IS DISTINCT FROM o.daily_budget OR n.currency IS DISTINCT FROM o.currency))
);
