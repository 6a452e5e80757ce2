-- What quotes of a symbol come to in each span. Sums over time are of whole numbers, so that they do not hang on the order of adding.
WITH quotes AS (
  SELECT
    timestamp,
    timestamp - timestamp % @span AS opened,
    CAST(ask_price + bid_price AS double precision) / 2 AS middle,
    CAST(ask_price - bid_price AS double precision) / (CAST(ask_price + bid_price AS double precision) / 2) AS spread,
    CASE WHEN ask_amount + bid_amount > 0
      THEN CAST(bid_amount - ask_amount AS double precision) / CAST(bid_amount + ask_amount AS double precision) ELSE 0 END AS imbalance,
    row_number() OVER (PARTITION BY timestamp - timestamp % @span ORDER BY timestamp, local_timestamp, id) AS number,
    lead(timestamp) OVER (PARTITION BY timestamp - timestamp % @span ORDER BY timestamp, local_timestamp, id) AS following
  FROM orderbook_data
  WHERE exchange = @exchange AND symbol = @symbol AND timestamp >= @from AND timestamp < @to
    AND ask_price IS NOT NULL AND bid_price IS NOT NULL
), timed AS (
  SELECT
    opened,
    middle,
    number,
    following,
    CAST(round(spread * 1e12) AS {{wide_integer}}) AS spread,
    CAST(round(imbalance * 1e12) AS {{wide_integer}}) AS imbalance,
    coalesce(following, opened + @span) - timestamp AS held,
    (timestamp - opened) - (timestamp - opened) % @tenth AS tenth
  FROM quotes
)
SELECT
  opened,
  max(CASE WHEN number = 1 THEN middle END),
  max(middle),
  min(middle),
  max(CASE WHEN following IS NULL THEN middle END),
  CAST(sum(spread * held) AS double precision) / CAST(sum(held) AS double precision) / 1e12,
  CAST(sum(imbalance * held) AS double precision) / CAST(sum(held) AS double precision) / 1e12,
  count(DISTINCT tenth),
  max(tenth)
FROM timed GROUP BY opened ORDER BY opened
