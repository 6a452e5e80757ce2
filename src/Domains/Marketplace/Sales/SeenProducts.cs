using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Marketplace.Sales;

/// <summary>
/// What was seen of all products in the days up to an estimate. Most counters only grow, and are read by the store on a few days of the window;
/// those of the other products are read day by day.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="connection">A session of its own, whose temporary table this uses.</param>
/// <param name="day">The last day that is looked at.</param>
internal sealed class SeenProducts(Store store, DbConnection connection, DateOnly day)
{
    private readonly DateOnly first = day.AddDays(-RecentReviews.Days);
    private readonly Dictionary<string, Uneven> uneven = [];
    private int firstSample;
    private int lastSample;

    /// <summary>Gathers it.</summary>
    public async Task GatherAsync(CancellationToken cancellationToken)
    {
        var samples = await SamplesAsync(cancellationToken);
        (firstSample, lastSample) = (samples[0].DayNumber, samples[^1].DayNumber);
        var sql = SqlScript
            .Load(typeof(SeenProducts).Assembly, "Sales/recent_reviews.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>>
                {
                    ["clean"] = _ => CleanFeatures.Query(Literal(day), pricesOn: Literal(samples[^1])),
                    ["number"] = CleanFeatures.Number,
                    ["samples"] = column =>
                        string.Join(
                            ", ",
                            samples.Select(
                                (sample, i) => $"max({column}) FILTER (WHERE day = {Literal(sample)}) AS {Name(i, samples.Count)}"
                            )
                        ),
                    ["even"] = table =>
                        string.Join(
                            " AND ",
                            Enumerable
                                .Range(1, samples.Count - 1)
                                .Select(i => $"{table}.{Name(i, samples.Count)} >= {table}.{Name(i - 1, samples.Count)}")
                        ),
                    ["days"] = _ => string.Join(", ", samples.Select(Literal)),
                    ["day"] = _ => Literal(day),
                }
            );
        await connection.ExecuteAsync("DROP TABLE IF EXISTS recent_reviews", null, cancellationToken);
        await connection.ExecuteAsync(sql, null, cancellationToken);
        await CountUnevenAsync(cancellationToken);
    }

    /// <summary>The products in the order of their keys.</summary>
    public async IAsyncEnumerable<SeenProduct> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText =
            "SELECT sku, brand, category, first_seen, first_reviews, last_reviews, price, is_even FROM recent_reviews ORDER BY sku";
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            yield return Read(row);
        }
    }

    private static string Name(int sample, int count) =>
        sample == 0 ? "first_reviews"
        : sample == count - 1 ? "last_reviews"
        : $"reviews_{sample}";

    private static string Literal(DateOnly of) => $"DATE {Sql.Literal($"{of:yyyy-MM-dd}")}";

    private static double? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    private SeenProduct Read(DbDataReader row)
    {
        var (sku, firstSeen) = (row.GetString(0), CleanFeatures.FirstDay + row.GetInt32(3));
        var (brand, category) = (row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2));
        if (row.GetBoolean(7))
        {
            var count = new ReviewCount(row.GetDouble(5) - row.GetDouble(4), lastSample - firstSample, Purged: 0);
            return new SeenProduct(sku, brand, category, firstSeen, lastSample, count, row.GetDouble(5), Number(row, 6));
        }

        return uneven.TryGetValue(sku, out var seen)
            ? new SeenProduct(sku, brand, category, firstSeen, seen.Last, seen.Count, seen.Reviews, seen.Price)
            : new SeenProduct(sku, brand, category, firstSeen, Last: null, default, Reviews: 0, Price: null);
    }

    private async Task<IReadOnlyList<DateOnly>> SamplesAsync(CancellationToken cancellationToken)
    {
        var seen = await connection.ReadAsync(
            $"""
            SELECT {CleanFeatures.Number("feature_date")}, count(*) FROM features_daily
            WHERE feature_date >= @first AND feature_date <= @day GROUP BY feature_date ORDER BY feature_date
            """,
            new { first, day },
            row => (DateOnly.FromDayNumber(CleanFeatures.FirstDay + row.GetInt32(0)), row.GetInt64(1)),
            cancellationToken
        );
        var chosen = SampleDays.Choose(seen);
        return chosen.Count switch
        {
            0 => [day, day],
            1 => [chosen[0], chosen[0]],
            _ => chosen,
        };
    }

    private async Task CountUnevenAsync(CancellationToken cancellationToken)
    {
        var (sku, seen, price) = ("", new List<Observation>(), (double?)null);
        await connection.ReadAsync(
            $"""
            SELECT f.sku, {CleanFeatures.Number("f.day")}, f.reviews, f.price
            FROM ({CleanFeatures.Query("@day", CleanFeatures.Rows("SELECT sku FROM recent_reviews WHERE NOT is_even", "@first", "@day"))}) f
            WHERE f.reviews IS NOT NULL ORDER BY f.sku, f.day
            """,
            new { first, day },
            row =>
            {
                if (row.GetString(0) is var next && next != sku)
                {
                    Count();
                    sku = next;
                }

                seen.Add(new Observation(CleanFeatures.FirstDay + row.GetInt32(1), row.GetDouble(2)));
                price = Number(row, 3);
                return true;
            },
            cancellationToken
        );
        Count();

        void Count()
        {
            if (seen.Count > 0)
            {
                uneven[sku] = new Uneven(ReviewSteps.Count(CollectionsMarshal.AsSpan(seen)), seen[^1].Day, seen[^1].Reviews, price);
                seen.Clear();
            }
        }
    }

    /// <summary>A product whose days were read one by one.</summary>
    private readonly record struct Uneven(ReviewCount Count, int Last, double Reviews, double? Price);
}
