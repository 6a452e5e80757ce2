-- What features of one ad look up. The embedded store scans.
CREATE INDEX ad_metrics_ad ON ad_metrics (user_id, ad_id, "timestamp");
CREATE INDEX ad_metrics_learned ON ad_metrics (user_id, learned_at);
CREATE INDEX ad_events_ad ON ad_events (ad_id, happened_at);
CREATE INDEX ad_events_happened ON ad_events (happened_at);
CREATE UNIQUE INDEX ad_budgets_key ON ad_budgets (user_id, campaign_id, ad_set_id, learned_at);
