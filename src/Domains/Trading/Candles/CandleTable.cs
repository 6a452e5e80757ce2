using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Trading.Candles;

/// <summary>The table of candles, and what is noted for features when rows of it change.</summary>
internal static class CandleTable
{
    public const string Name = "candles";
    public const string Changes = "candle_changes";

    private const int FirstPrice = 5;
    private const int FirstExtra = 9;
    private const int WholeColumn = 15;

    private static readonly Table Rows = new(
        Name,
        [
            new Column("exchange", ColumnType.Text, IsNullable: false),
            new Column("symbol", ColumnType.Text, IsNullable: false),
            new Column("timeframe", ColumnType.Text, IsNullable: false),
            new Column("open_time", ColumnType.Timestamp, IsNullable: false),
            new Column("source", ColumnType.Text, IsNullable: false),
            new Column("open", ColumnType.Double, IsNullable: false),
            new Column("high", ColumnType.Double, IsNullable: false),
            new Column("low", ColumnType.Double, IsNullable: false),
            new Column("close", ColumnType.Double, IsNullable: false),
            new Column("volume", ColumnType.Double),
            new Column("quote_volume", ColumnType.Double),
            new Column("trades", ColumnType.Double),
            new Column("taker_buy_volume", ColumnType.Double),
            new Column("spread", ColumnType.Double),
            new Column("imbalance", ColumnType.Double),
            new Column("is_whole", ColumnType.Boolean, IsNullable: false),
        ],
        ["exchange", "symbol", "timeframe", "open_time", "source"]
    );

    /// <summary>The columns that together are different in every row.</summary>
    public static IReadOnlyList<string> Key => Rows.Key;

    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    private const string Values =
        "open_time, open, high, low, close, volume, quote_volume, trades, taker_buy_volume, spread, imbalance, is_whole";

    /// <summary>Candles of a span in order of time.</summary>
    public static Task<IReadOnlyList<Candle>> ReadAsync(
        DbConnection connection,
        CandleKey key,
        long from,
        long to,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            $"SELECT {Values} FROM {Name} WHERE symbol = @Symbol AND timeframe = @timeframe AND open_time >= @from AND open_time < @to "
                + "AND exchange = @Exchange AND source = @Source ORDER BY open_time",
            new
            {
                key.Symbol,
                timeframe = key.Timeframe.Name,
                from = Moment.ToDateTime(from),
                to = Moment.ToDateTime(to),
                key.Exchange,
                key.Source,
            },
            Read,
            cancellationToken
        );

    /// <summary>
    /// Writes candles, in order of time and one for each, within the transaction of the connection: those that are the same already stay
    /// untouched. Gives how many are new or others.
    /// </summary>
    public static async Task<int> WriteAsync(
        Store store,
        DbConnection connection,
        CandleKey key,
        IReadOnlyList<Candle> candles,
        CancellationToken cancellationToken
    )
    {
        if (candles.Count == 0)
        {
            return 0;
        }

        var there = await ReadAsync(connection, key, candles[0].OpenTime, candles[^1].OpenTime + 1, cancellationToken);
        var known = there.ToDictionary(candle => candle.OpenTime);
        var changed = candles.Where(candle => !known.TryGetValue(candle.OpenTime, out var stored) || stored != candle).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        if (there.Count == 0)
        {
            await using var writer = await store.BeginBulkWriteAsync(connection, Name, Rows.Columns, cancellationToken);
            foreach (var batch in Batches(key, changed))
            {
                await writer.WriteAsync(batch, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }
        else
        {
            await new Upsert(store, connection, Rows).RunAsync(Batches(key, changed).ToAsyncEnumerable(), cancellationToken);
        }

        if (key.Timeframe == Timeframe.Hour)
        {
            await connection.ExecuteAsync(
                $"INSERT INTO {Changes} (exchange, symbol, changed_from) VALUES (@Exchange, @Symbol, @from)",
                new
                {
                    key.Exchange,
                    key.Symbol,
                    from = Moment.ToDateTime(changed[0].OpenTime),
                },
                cancellationToken
            );
        }

        return changed.Count;
    }

    /// <summary>A row of <see cref="Values"/>.</summary>
    private static Candle Read(DbDataReader row) =>
        new(Moment.Of(row.GetDateTime(0)), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4))
        {
            Volume = Number(row, 5),
            QuoteVolume = Number(row, 6),
            Trades = Number(row, 7),
            TakerBuyVolume = Number(row, 8),
            Spread = Number(row, 9),
            Imbalance = Number(row, 10),
            IsWhole = row.GetBoolean(11),
        };

    private static double Number(DbDataReader row, int column) => row.IsDBNull(column) ? double.NaN : row.GetDouble(column);

    private static IEnumerable<RowBatch> Batches(CandleKey key, IEnumerable<Candle> candles)
    {
        var batch = new RowBatch(Rows.Columns);
        foreach (var candle in candles)
        {
            Add(batch, key, candle);
            if (batch.IsFull)
            {
                yield return batch;
                batch.Clear();
            }
        }

        yield return batch;
    }

    private static void Add(RowBatch batch, CandleKey key, in Candle candle)
    {
        var row = batch.Count++;
        batch[0].AsText().Set(row, key.Exchange);
        batch[1].AsText().Set(row, key.Symbol);
        batch[2].AsText().Set(row, key.Timeframe.Name);
        batch[3].Values<long>()[row] = candle.OpenTime;
        batch[4].AsText().Set(row, key.Source);
        Set(batch, row, FirstPrice, [candle.Open, candle.High, candle.Low, candle.Close]);
        Set(
            batch,
            row,
            FirstExtra,
            [candle.Volume, candle.QuoteVolume, candle.Trades, candle.TakerBuyVolume, candle.Spread, candle.Imbalance]
        );
        batch[WholeColumn].Values<bool>()[row] = candle.IsWhole;
    }

    private static void Set(RowBatch batch, int row, int column, ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                batch[column].SetNull(row);
            }
            else
            {
                batch[column].Values<double>()[row] = value;
            }

            column++;
        }
    }
}
