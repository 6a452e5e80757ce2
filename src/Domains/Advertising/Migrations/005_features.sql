-- What budgets were known when: a row for each change of a campaign's or, with ad_set_id, an ad set's, in minor units of the currency.
CREATE TABLE ad_budgets (
  user_id {text} NOT NULL,
  campaign_id {text} NOT NULL,
  ad_set_id {text} NOT NULL,
  daily_budget {bigint},
  currency {text},
  learned_at {timestamp} NOT NULL
);
INSERT INTO ad_budgets (user_id, campaign_id, ad_set_id, daily_budget, currency, learned_at)
SELECT user_id, id, '', daily_budget, currency, learned_at FROM campaigns WHERE daily_budget IS NOT NULL;
INSERT INTO ad_budgets (user_id, campaign_id, ad_set_id, daily_budget, currency, learned_at)
SELECT s.user_id, s.campaign_id, s.id, s.daily_budget, c.currency, s.learned_at
FROM ad_sets s LEFT JOIN campaigns c ON c.user_id = s.user_id AND c.id = s.campaign_id
WHERE s.daily_budget IS NOT NULL;

-- A mark that is another one whenever something is learned of an account, or removed: what was worked out under another mark is not
-- current any more. The account of the advertiser's own events is empty.
CREATE TABLE account_marks (
  account {text} NOT NULL PRIMARY KEY,
  mark {text} NOT NULL,
  marked_at {timestamp} NOT NULL
);
INSERT INTO account_marks (account, mark, marked_at)
SELECT user_id, 'migrated', max(learned_at) FROM ad_metrics GROUP BY user_id;
INSERT INTO account_marks (account, mark, marked_at)
SELECT '', 'migrated', max(counted_at) FROM ad_events HAVING count(*) > 0 AND NOT EXISTS (SELECT 1 FROM account_marks WHERE account = '');

-- Persons who had refused when they were erased, as a hash of the id: the refusal outlives the row in consents.
CREATE TABLE erased_refusals (
  person {text} NOT NULL PRIMARY KEY,
  refused_at {timestamp} NOT NULL
);
