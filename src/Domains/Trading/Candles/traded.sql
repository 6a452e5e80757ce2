-- What trades of a symbol come to in each span.
WITH trades AS (
  SELECT
    timestamp - timestamp % @span AS opened,
    price,
    amount,
    side,
    timestamp % @span - timestamp % @span % @tenth AS tenth,
    row_number() OVER (PARTITION BY timestamp - timestamp % @span ORDER BY timestamp, local_timestamp, id, text_id) AS number,
    row_number() OVER (
      PARTITION BY timestamp - timestamp % @span ORDER BY timestamp DESC, local_timestamp DESC, id DESC, text_id DESC) AS number_from_end
  FROM trade_data
  WHERE exchange = @exchange AND symbol = @symbol AND timestamp >= @from AND timestamp < @to
)
SELECT
  opened,
  CAST(sum(amount) AS double precision),
  CAST(sum(price * amount) AS double precision),
  CAST(count(*) AS double precision),
  CAST(sum(CASE WHEN side = 'buy' THEN amount ELSE 0 END) AS double precision),
  CAST(max(CASE WHEN number = 1 THEN price END) AS double precision),
  CAST(max(price) AS double precision),
  CAST(min(price) AS double precision),
  CAST(max(CASE WHEN number_from_end = 1 THEN price END) AS double precision),
  count(DISTINCT tenth),
  max(tenth)
FROM trades GROUP BY opened ORDER BY opened
