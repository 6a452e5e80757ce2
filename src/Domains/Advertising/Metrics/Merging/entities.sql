UPDATE accounts SET name = COALESCE(n.account_name, name), currency = COALESCE(n.currency, accounts.currency), learned_at = @now
FROM (
  SELECT DISTINCT ON (user_id) user_id, account_name, currency FROM report_rows
  ORDER BY user_id, "timestamp" DESC, place DESC
) n
WHERE n.user_id = id AND (
  COALESCE(n.account_name, name) IS DISTINCT FROM name OR COALESCE(n.currency, accounts.currency) IS DISTINCT FROM accounts.currency
);
INSERT INTO accounts (id, name, currency, learned_at)
SELECT DISTINCT ON (user_id) user_id, account_name, currency, CAST(@now AS timestamp) FROM report_rows
WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE id = user_id)
ORDER BY user_id, "timestamp" DESC, place DESC;
UPDATE campaigns SET name = COALESCE(n.campaign_name, name), status = COALESCE(n.campaign_status, status),
  currency = COALESCE(n.currency, campaigns.currency), learned_at = @now
FROM (
  SELECT DISTINCT ON (user_id, campaign_id) user_id, campaign_id, campaign_name, campaign_status, currency FROM report_rows
  ORDER BY user_id, campaign_id, "timestamp" DESC, place DESC
) n
WHERE n.user_id = campaigns.user_id AND n.campaign_id = id AND (
  COALESCE(n.campaign_name, name) IS DISTINCT FROM name OR COALESCE(n.campaign_status, status) IS DISTINCT FROM status
  OR COALESCE(n.currency, campaigns.currency) IS DISTINCT FROM campaigns.currency
);
INSERT INTO campaigns (user_id, id, name, status, currency, learned_at)
SELECT DISTINCT ON (user_id, campaign_id) user_id, campaign_id, campaign_name, campaign_status, currency, CAST(@now AS timestamp)
FROM report_rows r
WHERE NOT EXISTS (SELECT 1 FROM campaigns c WHERE c.user_id = r.user_id AND c.id = r.campaign_id)
ORDER BY user_id, campaign_id, "timestamp" DESC, place DESC;
UPDATE ad_sets SET name = n.ad_set_name, learned_at = @now
FROM (
  SELECT DISTINCT ON (user_id, ad_set_id) user_id, ad_set_id, ad_set_name FROM report_rows
  WHERE ad_set_id <> '' AND ad_set_name IS NOT NULL
  ORDER BY user_id, ad_set_id, "timestamp" DESC, place DESC
) n
WHERE n.user_id = ad_sets.user_id AND n.ad_set_id = id AND n.ad_set_name IS DISTINCT FROM name;
INSERT INTO ad_sets (user_id, id, campaign_id, name, learned_at)
SELECT DISTINCT ON (user_id, ad_set_id) user_id, ad_set_id, campaign_id, ad_set_name, CAST(@now AS timestamp)
FROM report_rows r
WHERE ad_set_id <> '' AND NOT EXISTS (SELECT 1 FROM ad_sets s WHERE s.user_id = r.user_id AND s.id = r.ad_set_id)
ORDER BY user_id, ad_set_id, "timestamp" DESC, place DESC;
UPDATE ads SET name = n.ad_name, learned_at = @now
FROM (
  SELECT DISTINCT ON (user_id, ad_id) user_id, ad_id, ad_name FROM report_rows
  WHERE ad_id <> '' AND ad_name IS NOT NULL
  ORDER BY user_id, ad_id, "timestamp" DESC, place DESC
) n
WHERE n.user_id = ads.user_id AND n.ad_id = id AND n.ad_name IS DISTINCT FROM name;
INSERT INTO ads (user_id, id, campaign_id, ad_set_id, name, learned_at)
SELECT DISTINCT ON (user_id, ad_id) user_id, ad_id, campaign_id, NULLIF(ad_set_id, ''), ad_name, CAST(@now AS timestamp)
FROM report_rows r
WHERE ad_id <> '' AND NOT EXISTS (SELECT 1 FROM ads a WHERE a.user_id = r.user_id AND a.id = r.ad_id)
ORDER BY user_id, ad_id, "timestamp" DESC, place DESC;
