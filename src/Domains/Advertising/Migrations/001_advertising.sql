-- An advertiser's account on a platform. Days of its metrics are days of its time zone.
CREATE TABLE accounts (
  id {text} NOT NULL PRIMARY KEY,
  platform {text},
  name {text},
  currency {text},
  time_zone {text},
  learned_at {timestamp} NOT NULL
);

-- Campaigns, ad sets and ads as they were seen last. user_id is the account that they belong to; budgets are minor units of its currency.
CREATE TABLE campaigns (
  user_id {text} NOT NULL,
  id {text} NOT NULL,
  name {text},
  status {text},
  objective {text},
  currency {text},
  daily_budget {bigint},
  lifetime_budget {bigint},
  learned_at {timestamp} NOT NULL,
  PRIMARY KEY (user_id, id)
);

CREATE TABLE ad_sets (
  user_id {text} NOT NULL,
  id {text} NOT NULL,
  campaign_id {text} NOT NULL,
  name {text},
  status {text},
  daily_budget {bigint},
  lifetime_budget {bigint},
  learned_at {timestamp} NOT NULL,
  PRIMARY KEY (user_id, id)
);

CREATE TABLE ads (
  user_id {text} NOT NULL,
  id {text} NOT NULL,
  campaign_id {text} NOT NULL,
  ad_set_id {text},
  name {text},
  status {text},
  learned_at {timestamp} NOT NULL,
  PRIMARY KEY (user_id, id)
);

-- What a platform reports of an ad on a day, with all that it ever reported: a restated day has a row for each version of it, told apart
-- by when it was learned. Rows of ad sets lack an ad, rows of campaigns both. breakdown names the columns that divide an ad's day, and
-- segment has their values. Spend and value are major units of the currency.
CREATE TABLE ad_metrics (
  user_id {text} NOT NULL,
  campaign_id {text} NOT NULL,
  ad_set_id {text} NOT NULL,
  ad_id {text} NOT NULL,
  "timestamp" {timestamp} NOT NULL,
  breakdown {text} NOT NULL,
  segment {text} NOT NULL,
  impressions {bigint} NOT NULL,
  clicks {bigint} NOT NULL,
  spend DECIMAL(28, 9) NOT NULL,
  conversions DECIMAL(18, 6) NOT NULL,
  approved_conversions DECIMAL(18, 6),
  conversion_value DECIMAL(28, 9),
  reach {bigint},
  learned_at {timestamp} NOT NULL
);

-- The same for campaigns, also of the advertiser's own events. source says which: reported by a platform, or counted from events, whose
-- user_id is the person that they are of.
CREATE TABLE campaign_metrics (
  user_id {text} NOT NULL,
  campaign_id {text} NOT NULL,
  "timestamp" {timestamp} NOT NULL,
  impressions {bigint} NOT NULL,
  clicks {bigint} NOT NULL,
  spend DECIMAL(28, 9) NOT NULL,
  conversions DECIMAL(18, 6) NOT NULL,
  approved_conversions DECIMAL(18, 6),
  conversion_value DECIMAL(28, 9),
  source {text} NOT NULL,
  learned_at {timestamp} NOT NULL
);

-- The advertiser's own events, each once, by the id that the advertiser gave it. value is the cost of an impression or a click, and what a
-- conversion brought; counted_at is the write that counted it, and other for each.
CREATE TABLE ad_events (
  id {text} NOT NULL PRIMARY KEY,
  type {text} NOT NULL,
  happened_at {timestamp} NOT NULL,
  campaign_id {text} NOT NULL,
  ad_id {text} NOT NULL,
  user_id {text} NOT NULL,
  value DECIMAL(28, 9) NOT NULL,
  currency {text},
  received_at {timestamp} NOT NULL,
  counted_at {timestamp} NOT NULL
);

-- What a platform told of an account by webhook: a field that changed, and the value as it was sent.
CREATE TABLE platform_notices (
  id {text} NOT NULL PRIMARY KEY,
  object {text} NOT NULL,
  entry {text} NOT NULL,
  field {text} NOT NULL,
  content {json} NOT NULL,
  happened_at {timestamp} NOT NULL,
  received_at {timestamp} NOT NULL
);

-- Whether events of a person may be stored; a person without a row has not said no.
CREATE TABLE consents (
  user_id {text} NOT NULL PRIMARY KEY,
  events {boolean} NOT NULL,
  decided_at {timestamp} NOT NULL
);

-- Persons who were erased, as a hash of the id, and what was removed: the receipt without the person. topic_cleared_at is when what the
-- topic held before was gone from disk.
CREATE TABLE erasures (
  person {text} NOT NULL,
  erased_at {timestamp} NOT NULL,
  topic_cleared_at {timestamp},
  receipt {json} NOT NULL,
  PRIMARY KEY (person, erased_at)
);

-- As known now: the newest version of each row.
CREATE VIEW ad_metrics_now AS
SELECT DISTINCT ON (user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment)
  user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment, impressions, clicks, spend, conversions,
  approved_conversions, conversion_value, reach, learned_at
FROM ad_metrics
ORDER BY user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment, learned_at DESC;

CREATE VIEW campaign_metrics_now AS
SELECT DISTINCT ON (user_id, campaign_id, "timestamp", source)
  user_id, campaign_id, "timestamp", impressions, clicks, spend, conversions, approved_conversions, conversion_value, source, learned_at
FROM campaign_metrics
ORDER BY user_id, campaign_id, "timestamp", source, learned_at DESC;

CREATE VIEW daily_campaign_summary AS
SELECT user_id, campaign_id, CAST("timestamp" AS date) AS "date", CAST(sum(impressions) AS {bigint}) AS total_impressions,
  CAST(sum(clicks) AS {bigint}) AS total_clicks, sum(spend) AS total_spend, CAST(sum(conversions) AS {double}) AS total_conversions
FROM campaign_metrics_now
GROUP BY user_id, campaign_id, CAST("timestamp" AS date);

-- A row for each time at which something was learned of a day, with the totals as they were known from then on: as of a moment, the row
-- with the latest learned_at up to it. Versions replace each other, so totals grow by the differences between them.
CREATE VIEW daily_campaign_summary_as_of AS
SELECT user_id, campaign_id, "date", learned_at, CAST(sum(sum(impressions)) OVER known AS {bigint}) AS total_impressions,
  CAST(sum(sum(clicks)) OVER known AS {bigint}) AS total_clicks, sum(sum(spend)) OVER known AS total_spend,
  CAST(sum(sum(conversions)) OVER known AS {double}) AS total_conversions
FROM (
  SELECT user_id, campaign_id, CAST("timestamp" AS date) AS "date", learned_at,
    impressions - COALESCE(lag(impressions) OVER version, 0) AS impressions,
    clicks - COALESCE(lag(clicks) OVER version, 0) AS clicks,
    spend - COALESCE(lag(spend) OVER version, 0) AS spend,
    conversions - COALESCE(lag(conversions) OVER version, 0) AS conversions
  FROM campaign_metrics
  WINDOW version AS (PARTITION BY user_id, campaign_id, "timestamp", source ORDER BY learned_at)
) learned
GROUP BY user_id, campaign_id, "date", learned_at
WINDOW known AS (PARTITION BY user_id, campaign_id, "date" ORDER BY learned_at);
