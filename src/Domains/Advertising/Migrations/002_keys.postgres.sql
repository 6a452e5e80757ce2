-- What a query of one campaign looks up, and what a merge of new rows does. The embedded store scans.
CREATE UNIQUE INDEX ad_metrics_key ON ad_metrics (user_id, campaign_id, "timestamp", ad_set_id, ad_id, breakdown, segment, learned_at);
CREATE UNIQUE INDEX campaign_metrics_key ON campaign_metrics (user_id, campaign_id, "timestamp", source, learned_at);
CREATE INDEX campaign_metrics_campaign ON campaign_metrics (campaign_id, "timestamp");
CREATE INDEX ad_events_person ON ad_events (user_id, campaign_id, happened_at);
CREATE INDEX ad_events_counted ON ad_events (counted_at);
