using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Marketplace.Sales;

/// <summary>
/// What was seen of all products in the days up to an estimate, as sums that the store makes: most counters only grow, and then their first and
/// last values say all. The days of the others are read one by one.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="connection">A session of its own, whose temporary table this uses.</param>
/// <param name="day">The last day that is looked at.</param>
internal sealed class SeenProducts(Store store, DbConnection connection, DateOnly day)
{
    /// <summary>Pieces of the window, each as long as a fall that is no purge.</summary>
    private const int PieceCount = RecentReviews.Days / ReviewSteps.LongestFall;

    private readonly Dictionary<string, ReviewCount> uneven = [];

    /// <summary>Gathers the sums.</summary>
    public async Task GatherAsync(CancellationToken cancellationToken)
    {
        var first = day.AddDays(-RecentReviews.Days);
        var sql = SqlScript
            .Load(typeof(SeenProducts).Assembly, $"Sales/recent_reviews.{store.Dialect.Name}.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>>
                {
                    ["clean"] = _ => CleanFeatures.Query,
                    ["number"] = CleanFeatures.Number,
                    ["pieces"] = column => Pieces(column, first),
                    ["uneven"] = Uneven,
                    ["first"] = _ => Literal(first),
                    ["day"] = _ => Literal(day),
                }
            );
        await connection.ExecuteAsync("DROP TABLE IF EXISTS recent_reviews", null, cancellationToken);
        await connection.ExecuteAsync(sql, null, cancellationToken);
        await CountUnevenAsync(first, cancellationToken);
    }

    /// <summary>The products in the order of their keys.</summary>
    public async IAsyncEnumerable<SeenProduct> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = """
            SELECT sku, brand, category, first_seen, first_day, last_day, first_reviews, last_reviews, price FROM recent_reviews ORDER BY sku
            """;
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            yield return Read(row);
        }
    }

    private SeenProduct Read(DbDataReader row)
    {
        var sku = row.GetString(0);
        int? last = row.IsDBNull(5) ? null : CleanFeatures.FirstDay + row.GetInt32(5);
        return new SeenProduct(
            sku,
            row.IsDBNull(1) ? null : row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            CleanFeatures.FirstDay + row.GetInt32(3),
            last,
            last is null ? default
                : uneven.TryGetValue(sku, out var counted) ? counted
                : new ReviewCount(row.GetDouble(7) - row.GetDouble(6), row.GetInt32(5) - row.GetInt32(4), Purged: 0),
            last is null ? 0 : row.GetDouble(7),
            row.IsDBNull(8) ? null : row.GetDouble(8)
        );
    }

    /// <summary>The least and the most of each piece of the window, as columns of a sum.</summary>
    private static string Pieces(string column, DateOnly first) =>
        string.Join(
            ",\n    ",
            Enumerable
                .Range(0, PieceCount)
                .Select(piece =>
                {
                    var (from, to) = (first.AddDays(piece * ReviewSteps.LongestFall), first.AddDays((piece + 1) * ReviewSteps.LongestFall));
                    var within = $"(WHERE day >= DATE {Literal(from)}{(piece == PieceCount - 1 ? "" : $" AND day < DATE {Literal(to)}")})";
                    return $"min({column}) FILTER {within} AS least_{piece}, max({column}) FILTER {within} AS most_{piece}";
                })
        );

    /// <summary>Whether a piece has less than one before it had.</summary>
    private static string Uneven(string table) =>
        string.Join(
            " OR ",
            Enumerable
                .Range(1, PieceCount - 1)
                .Select(piece =>
                    $"COALESCE(GREATEST({string.Join(", ", Enumerable.Range(0, piece).Select(before => $"{table}.most_{before}"))}) > {table}.least_{piece}, FALSE)"
                )
        );

    private static string Literal(DateOnly day) => Sql.Literal($"{day:yyyy-MM-dd}");

    private async Task CountUnevenAsync(DateOnly first, CancellationToken cancellationToken)
    {
        var (sku, seen) = ("", new List<Observation>());
        await connection.ReadAsync(
            $"""
            SELECT f.sku, {CleanFeatures.Number("f.day")}, f.reviews FROM ({CleanFeatures.Query}) f
            JOIN recent_reviews r ON r.sku = f.sku AND r.is_uneven
            WHERE f.day >= @first AND f.day <= @day AND f.reviews IS NOT NULL ORDER BY f.sku, f.day
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
                return true;
            },
            cancellationToken
        );
        Count();

        void Count()
        {
            if (seen.Count > 0)
            {
                uneven[sku] = ReviewSteps.Count(CollectionsMarshal.AsSpan(seen));
                seen.Clear();
            }
        }
    }
}
