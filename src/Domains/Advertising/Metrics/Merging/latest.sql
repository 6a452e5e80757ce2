CREATE TEMP TABLE report_latest AS
SELECT DISTINCT ON (user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment) *
FROM report_rows
ORDER BY user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment, place DESC;
CREATE TEMP TABLE report_days AS SELECT DISTINCT user_id, campaign_id, "timestamp" FROM report_latest;
