-- What trades of a symbol come to in each span.
SELECT
  timestamp - timestamp % @span,
  CAST(sum(amount) AS double precision),
  CAST(sum(price * amount) AS double precision),
  CAST(count(*) AS double precision),
  CAST(sum(CASE WHEN side = 'buy' THEN amount ELSE 0 END) AS double precision)
FROM trade_data
WHERE exchange = @exchange AND symbol = @symbol AND timestamp >= @from AND timestamp < @to
GROUP BY 1
