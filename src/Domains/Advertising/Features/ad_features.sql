WITH asks AS (SELECT account, ad, as_of, CAST(date_trunc('day', as_of) AS timestamp) AS today FROM {{asks}}),
moments AS (SELECT DISTINCT account, as_of, today FROM asks),
-- A row of a report holds from when it was learned until a newer version of it was.
versions AS (
  SELECT user_id AS account, campaign_id, ad_id, "timestamp" AS day, breakdown, segment, impressions, clicks, spend, conversions, reach,
    learned_at AS known_from, lead(learned_at) OVER (
      PARTITION BY user_id, campaign_id, ad_set_id, ad_id, "timestamp", breakdown, segment ORDER BY learned_at
    ) AS replaced_at
  FROM ad_metrics
  WHERE ad_id <> '' AND learned_at <= @last AND "timestamp" >= @from AND "timestamp" <= @last
    AND user_id IN (SELECT account FROM moments)
),
-- Of several breakdowns of an ad's day the first by name counts, from when it was learned.
breakdowns AS (
  SELECT account, campaign_id, ad_id, day, breakdown, min(first_at) OVER (
      PARTITION BY account, campaign_id, ad_id, day ORDER BY breakdown ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS superseded_at
  FROM (
    SELECT account, campaign_id, ad_id, day, breakdown, min(known_from) AS first_at
    FROM versions
    GROUP BY account, campaign_id, ad_id, day, breakdown
  ) b
),
-- The advertiser's own events count where no platform reports the campaign's day.
reported_days AS (
  SELECT campaign_id, "timestamp" AS day, min(learned_at) AS reported_at
  FROM ad_metrics
  WHERE ad_id <> '' AND "timestamp" >= @from AND "timestamp" <= @last AND '' IN (SELECT account FROM moments)
  GROUP BY campaign_id, "timestamp"
),
facts AS (
  SELECT v.account, v.campaign_id, v.ad_id, v.day, v.impressions, v.clicks, v.spend, v.conversions, v.reach, v.known_from,
    LEAST(v.replaced_at, b.superseded_at) AS known_until
  FROM versions v
  JOIN breakdowns b ON b.account = v.account AND b.campaign_id = v.campaign_id AND b.ad_id = v.ad_id AND b.day = v.day
    AND b.breakdown = v.breakdown
  UNION ALL
  SELECT '', e.campaign_id, e.ad_id, e.day, e.impressions, e.clicks, e.spend, e.conversions, CAST(NULL AS bigint), e.counted_at,
    r.reported_at
  FROM (
    SELECT campaign_id, ad_id, CAST(date_trunc('day', happened_at) AS timestamp) AS day, counted_at,
      CAST(sum(CASE WHEN type = 'impression' THEN 1 ELSE 0 END) AS bigint) AS impressions,
      CAST(sum(CASE WHEN type = 'click' THEN 1 ELSE 0 END) AS bigint) AS clicks,
      sum(CASE WHEN type = 'conversion' THEN 0 ELSE value END) AS spend,
      CAST(sum(CASE WHEN type = 'conversion' THEN 1 ELSE 0 END) AS bigint) AS conversions
    FROM ad_events
    WHERE counted_at <= @last AND happened_at >= @from AND happened_at <= @last AND '' IN (SELECT account FROM moments)
    GROUP BY campaign_id, ad_id, CAST(date_trunc('day', happened_at) AS timestamp), counted_at
  ) e
  LEFT JOIN reported_days r ON r.campaign_id = e.campaign_id AND r.day = e.day
),
known AS (
  SELECT m.account, m.as_of, m.today, f.ad_id, f.day, f.impressions, f.clicks, f.spend, f.conversions, f.reach
  FROM moments m
  JOIN facts f ON f.account = m.account AND f.known_from <= m.as_of AND (f.known_until IS NULL OR f.known_until > m.as_of)
    AND f.day < m.today AND f.day >= m.today - INTERVAL '30 days'
),
accounts_known AS (
  SELECT account, as_of, {{sums 30 impressions clicks spend conversions}}
  FROM known k
  GROUP BY account, as_of
),
ads_known AS (
  SELECT account, ad_id, as_of, {{sums 1 impressions clicks spend conversions}}, {{sums 7 impressions clicks spend conversions}},
    {{sums 30 impressions clicks spend conversions}}
  FROM known k
  WHERE EXISTS (SELECT 1 FROM asks a WHERE a.account = k.account AND a.ad = k.ad_id AND a.as_of = k.as_of)
  GROUP BY account, ad_id, as_of
),
learned AS (
  SELECT m.account, m.as_of, max(l.learned_at) AS learned_at
  FROM moments m
  JOIN (
    SELECT DISTINCT user_id AS account, learned_at FROM ad_metrics
    WHERE ad_id <> '' AND learned_at <= @last AND user_id IN (SELECT account FROM moments)
    UNION ALL
    SELECT DISTINCT '', counted_at FROM ad_events WHERE counted_at <= @last AND '' IN (SELECT account FROM moments)
  ) l ON l.account = m.account AND l.learned_at <= m.as_of
  GROUP BY m.account, m.as_of
),
-- The campaign that an ad is in is that of its latest day.
placed AS (
  SELECT DISTINCT ON (account, ad, as_of) account, ad, as_of, today, campaign_id,
    min(first_day) OVER (PARTITION BY account, ad, as_of) AS first_day
  FROM (
    SELECT a.account, a.ad, a.as_of, a.today, m.campaign_id, min(m."timestamp") AS first_day, max(m."timestamp") AS last_day
    FROM asks a
    JOIN ad_metrics m ON m.user_id = a.account AND m.ad_id = a.ad AND m.learned_at <= a.as_of AND m."timestamp" <= a.as_of
    GROUP BY a.account, a.ad, a.as_of, a.today, m.campaign_id
    UNION ALL
    SELECT a.account, a.ad, a.as_of, a.today, e.campaign_id, CAST(date_trunc('day', min(e.happened_at)) AS timestamp),
      CAST(date_trunc('day', max(e.happened_at)) AS timestamp)
    FROM asks a
    JOIN ad_events e ON a.account = '' AND e.ad_id = a.ad AND e.counted_at <= a.as_of AND e.happened_at <= a.as_of
    GROUP BY a.account, a.ad, a.as_of, a.today, e.campaign_id
  ) s
  ORDER BY account, ad, as_of, last_day DESC, campaign_id
),
-- Persons are counted anew each day. Where a platform does not say how many an ad reached, the advertiser's own events may.
reaches AS (
  SELECT account, ad_id AS ad, as_of, today, day, sum(impressions) AS impressions, sum(reach) AS reach
  FROM known
  WHERE reach > 0
  GROUP BY account, ad_id, as_of, today, day
),
persons AS (
  SELECT p.account, p.ad, p.as_of, p.today, CAST(date_trunc('day', e.happened_at) AS timestamp) AS day, count(*) AS impressions,
    count(DISTINCT e.user_id) AS reach
  FROM placed p
  JOIN ad_events e ON e.ad_id = p.ad AND e.campaign_id = p.campaign_id AND e.type = 'impression' AND e.user_id <> ''
    AND e.counted_at <= p.as_of AND e.happened_at < p.today AND e.happened_at >= p.today - INTERVAL '30 days'
  GROUP BY p.account, p.ad, p.as_of, p.today, CAST(date_trunc('day', e.happened_at) AS timestamp)
),
reached AS (
  SELECT account, ad, as_of, {{sums 1 impressions reach}}, {{sums 7 impressions reach}}, {{sums 30 impressions reach}}
  FROM (
    SELECT account, ad, as_of, today, day, impressions, reach FROM reaches
    UNION ALL
    SELECT account, ad, as_of, today, day, impressions, reach FROM persons p
    WHERE NOT EXISTS (
      SELECT 1 FROM reaches r WHERE r.account = p.account AND r.ad = p.ad AND r.as_of = p.as_of AND r.day = p.day
    )
  ) k
  GROUP BY account, ad, as_of
),
spends AS (
  SELECT user_id AS account, campaign_id, "timestamp" AS day, spend, learned_at AS known_from,
    lead(learned_at) OVER (PARTITION BY user_id, campaign_id, "timestamp" ORDER BY learned_at) AS known_until
  FROM campaign_metrics
  WHERE source = 'reported' AND learned_at <= @last AND "timestamp" >= @from AND "timestamp" <= @last
    AND user_id IN (SELECT account FROM moments)
  UNION ALL
  SELECT account, campaign_id, day, spend, known_from, known_until FROM facts WHERE account = ''
),
paces AS (
  SELECT p.account, p.ad, p.as_of, CAST(sum(CASE WHEN s.day = p.today THEN s.spend END) AS DECIMAL(38, 9)) AS spent_today,
    CAST(sum(s.spend) AS DECIMAL(38, 9)) AS spent_month, max(s.known_from) AS learned_at
  FROM placed p
  JOIN spends s ON s.account = p.account AND s.campaign_id = p.campaign_id AND s.known_from <= p.as_of
    AND (s.known_until IS NULL OR s.known_until > p.as_of) AND s.day <= p.today
    AND s.day >= CAST(date_trunc('month', p.as_of) AS timestamp)
  GROUP BY p.account, p.ad, p.as_of
),
-- A campaign without a budget of its own spends those of its ad sets.
budgets AS (
  SELECT account, ad, as_of, CAST(
      COALESCE(max(CASE WHEN ad_set_id = '' THEN daily_budget END), sum(CASE WHEN ad_set_id <> '' THEN daily_budget END)) AS bigint
    ) AS daily_budget, max(currency) AS currency, max(learned_at) AS learned_at
  FROM (
    SELECT DISTINCT ON (p.account, p.ad, p.as_of, b.ad_set_id) p.account, p.ad, p.as_of, b.ad_set_id, b.daily_budget, b.currency,
      b.learned_at
    FROM placed p
    JOIN ad_budgets b ON b.user_id = p.account AND b.campaign_id = p.campaign_id AND b.learned_at <= p.as_of
    ORDER BY p.account, p.ad, p.as_of, b.ad_set_id, b.learned_at DESC
  ) latest
  GROUP BY account, ad, as_of
),
mixes AS (
  SELECT a.account, a.ad, a.as_of, v.breakdown, v.segment, CAST(sum(v.impressions) AS DECIMAL(38, 9)) AS impressions,
    CAST(sum(v.clicks) AS DECIMAL(38, 9)) AS clicks, max(v.known_from) AS learned_at
  FROM asks a
  JOIN versions v ON v.account = a.account AND v.ad_id = a.ad AND v.breakdown <> '' AND v.known_from <= a.as_of
    AND (v.replaced_at IS NULL OR v.replaced_at > a.as_of) AND v.day < a.today AND v.day >= a.today - INTERVAL '30 days'
  GROUP BY a.account, a.ad, a.as_of, v.breakdown, v.segment
)
SELECT a.account, a.ad, a.as_of, l.learned_at, p.first_day, {{names s 30 impressions clicks spend conversions}},
  {{names k 1 impressions clicks spend conversions}}, {{names r 1 impressions reach}},
  {{names k 7 impressions clicks spend conversions}}, {{names r 7 impressions reach}},
  {{names k 30 impressions clicks spend conversions}}, {{names r 30 impressions reach}},
  c.spent_today, c.spent_month, c.learned_at, b.daily_budget, b.currency, b.learned_at,
  x.breakdown, x.segment, x.impressions, x.clicks, x.learned_at
FROM asks a
LEFT JOIN learned l ON l.account = a.account AND l.as_of = a.as_of
LEFT JOIN placed p ON p.account = a.account AND p.ad = a.ad AND p.as_of = a.as_of
LEFT JOIN accounts_known s ON s.account = a.account AND s.as_of = a.as_of
LEFT JOIN ads_known k ON k.account = a.account AND k.ad_id = a.ad AND k.as_of = a.as_of
LEFT JOIN reached r ON r.account = a.account AND r.ad = a.ad AND r.as_of = a.as_of
LEFT JOIN paces c ON c.account = a.account AND c.ad = a.ad AND c.as_of = a.as_of
LEFT JOIN budgets b ON b.account = a.account AND b.ad = a.ad AND b.as_of = a.as_of
LEFT JOIN mixes x ON x.account = a.account AND x.ad = a.ad AND x.as_of = a.as_of
