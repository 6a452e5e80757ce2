using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Training.Registry;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>
/// What the version in production would have said on the days by which another was judged: what its own walk said as far as that went, and
/// from then on what it says now, which it was not fitted on either.
/// </summary>
internal static class ReturnRival
{
    /// <summary>
    /// The metric by which versions are compared: the root mean squared error in units of no change's, averaged over symbols.
    /// </summary>
    public const string Deciding = "rmse_ratio";

    /// <summary>Judges it; null where it has nothing to say about some of the days.</summary>
    public static async Task<Rival?> FindAsync(
        DbConnection connection,
        string model,
        int version,
        ReturnArtefact artefact,
        IEnumerable<JudgedModel> candidates,
        CancellationToken cancellationToken
    )
    {
        var ratios = new List<double>();
        foreach (var candidate in candidates)
        {
            var symbol = candidate.Walk.Series.Symbol;
            if (!artefact.Symbols.TryGetValue(symbol, out var fit))
            {
                return null;
            }

            var said = await SaidAsync(connection, model, version, symbol, cancellationToken);
            Extend(said, fit, candidate, cancellationToken);
            var (squares, zero) = (0.0, 0.0);
            for (var i = 0; i < candidate.Judged.Times.Length; i++)
            {
                if (!said.TryGetValue(candidate.Judged.Times[i], out var forecast))
                {
                    return null;
                }

                var actual = candidate.Judged.Actual[i];
                (squares, zero) = (squares + ((actual - forecast) * (actual - forecast)), zero + (actual * actual));
            }

            ratios.Add(Math.Sqrt(squares / candidate.Judged.Times.Length) / Math.Sqrt(zero / candidate.Judged.Times.Length));
        }

        return new Rival(version, new Dictionary<string, double> { [Deciding] = ratios.Average() });
    }

    private static async Task<Dictionary<DateTime, double>> SaidAsync(
        DbConnection connection,
        string model,
        int version,
        string symbol,
        CancellationToken cancellationToken
    ) =>
        (
            await connection.ReadAsync(
                "SELECT feature_time, value FROM return_forecasts WHERE model = @model AND version = @version AND symbol = @symbol",
                new
                {
                    model,
                    version,
                    symbol,
                },
                row => (row.GetDateTime(0), row.GetDouble(1)),
                cancellationToken
            )
        ).ToDictionary(row => row.Item1, row => row.Item2);

    private static void Extend(Dictionary<DateTime, double> said, SymbolFit fit, JudgedModel candidate, CancellationToken cancellationToken)
    {
        var series = candidate.Walk.Series;
        if (!fit.Features.All(series.Names.Contains))
        {
            return;
        }

        // It was fitted on no row whose outcome came after the last moment that it knew of.
        int[] later = [.. candidate.Walk.Rows.Where(row => series.Times[row].AddHours(candidate.Walk.Horizon) > fit.TrainedTo)];
        var rows = fit.Complete(series, later);
        foreach (var (row, value) in rows.Zip(fit.Predict(series, rows, cancellationToken)))
        {
            said.TryAdd(series.Times[row], value);
        }
    }
}
