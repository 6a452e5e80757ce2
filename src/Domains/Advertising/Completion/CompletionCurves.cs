using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Advertising.Completion;

/// <summary>
/// Completion curves: platforms restate a day for 28 days, and a forecast or an alert must not take what is not known yet for a fall. The share after
/// d days is the ratio of what was known then to what was known at last, summed over days of campaigns that are final; its interval is that of a ratio of
/// sums over days that vary together (Cochran, Sampling Techniques, 1977, 6.4). A day that nobody looked at by then tells nothing of it.
/// </summary>
internal sealed class CompletionCurves(Store store, TimeProvider clock)
{
    /// <summary>Days after which a platform restates no more.</summary>
    public const int LastAge = 28;

    // The normal quantile of 0.9: four of five lie between it and its negative.
    private const double Quantile = 1.2815515655446004;

    /// <summary>The curves, by type and days.</summary>
    public async Task<IReadOnlyList<CompletionPoint>> ReadAsync(CompletionQuery query, CancellationToken cancellationToken)
    {
        var asOf = query.AsOf is { } said ? DateTime.SpecifyKind(said, DateTimeKind.Unspecified) : clock.UtcMoment();
        var text = SqlScript
            .Load(typeof(CompletionCurves).Assembly, "Completion/completion.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>>
                {
                    ["ages"] = _ => string.Join(", ", Enumerable.Range(0, LastAge + 1).Select(age => $"({age})")),
                    ["last"] = _ => LastAge.ToString(),
                }
            );
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            text,
            new Dictionary<string, object?>
            {
                ["as_of"] = asOf,
                ["mature"] = asOf.AddDays(-LastAge - 1),
                ["campaign"] = query.Campaign ?? "",
                ["account"] = query.Account ?? "",
            },
            Read,
            cancellationToken
        );
    }

    private static CompletionPoint Read(DbDataReader row)
    {
        var (samples, known, final) = (row.GetInt64(2), Number(row, 3), Number(row, 4));
        var share = known / final;

        // The sum of the squares of what a day was known by, less what the share says of it.
        var squares = Math.Max(0, Number(row, 5) - (2 * share * Number(row, 6)) + (share * share * Number(row, 7)));
        double? error = samples > 1 ? Math.Sqrt(squares * samples / (samples - 1)) / final : null;
        return new CompletionPoint
        {
            Type = row.GetString(0),
            Days = row.GetInt32(1),
            Share = share,
            Lower = error is { } below ? Math.Max(0, share - (Quantile * below)) : null,
            Upper = error is { } above ? share + (Quantile * above) : null,
            Samples = samples,
        };
    }

    private static double Number(DbDataReader row, int column) => Convert.ToDouble(row.GetValue(column));
}
