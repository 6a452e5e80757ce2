using System.Data.Common;
using System.Globalization;
using Tradepost.Serving.Errors;
using Tradepost.Storage;
using Tradepost.Trading.Returns.Publishing;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>What was trained, and which symbol and horizon of it a request means.</summary>
/// <param name="All">The symbols in their order.</param>
/// <param name="Symbol">The one that is meant; null as long as nothing was trained.</param>
/// <param name="Horizon">Hours ahead; null as long as nothing was trained.</param>
internal sealed record TrainedChoice(IReadOnlyList<TrainedSymbol> All, string? Symbol, int? Horizon)
{
    /// <summary>What is named; what is not is the first that there is.</summary>
    /// <exception cref="ApiException">422: what is named was not trained.</exception>
    public static async Task<TrainedChoice> ReadAsync(DbConnection connection, TrainedQuery asked, CancellationToken cancellationToken)
    {
        var rows = await connection.ReadAsync(
            "SELECT DISTINCT symbol, horizon FROM return_folds WHERE fold IS NULL",
            row => (Symbol: row.GetString(0), Horizon: row.GetInt32(1)),
            cancellationToken
        );
        TrainedSymbol[] all =
        [
            .. rows.GroupBy(row => row.Symbol, StringComparer.Ordinal)
                .OrderBy(symbol => symbol.Key, StringComparer.Ordinal)
                .Select(symbol => new TrainedSymbol(symbol.Key, [.. symbol.Select(row => row.Horizon).Order()])),
        ];
        if (all.Length == 0)
        {
            return asked is { Symbol: null, Horizon: null }
                ? new TrainedChoice(all, null, null)
                : throw ApiException.Invalid(
                    asked.Symbol is null ? "horizon" : "symbol",
                    $"Nothing was trained yet; the job {TrainJob.Name} does that."
                );
        }

        var symbol = asked.Symbol is null
            ? all.FirstOrDefault(one => asked.Horizon is not { } hours || one.Horizons.Contains(hours)) ?? all[0]
            : Array.Find(all, one => one.Symbol == asked.Symbol);
        if (symbol is null)
        {
            string[] known = [.. all.Select(one => one.Symbol)];
            throw ApiException.Invalid(
                "symbol",
                $"The symbol is \"{asked.Symbol}\"; models were trained of {string.Join(", ", known)}.",
                known
            );
        }

        var horizon = asked.Horizon ?? symbol.Horizons[0];
        return symbol.Horizons.Contains(horizon)
            ? new TrainedChoice(all, symbol.Symbol, horizon)
            : throw ApiException.Invalid(
                "horizon",
                $"The horizon is {horizon}; of {symbol.Symbol} there are models for {string.Join(", ", symbol.Horizons)} hours ahead.",
                [.. symbol.Horizons.Select(hours => hours.ToString(CultureInfo.InvariantCulture))]
            );
    }

    /// <summary>The champion of what is meant; null where there is none.</summary>
    public async Task<ReturnChampion?> ChampionAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var found = await connection.ReadAsync(
            """
            SELECT symbol, horizon, model, version, rmse, rmse_zero, beats_zero FROM return_champions
            WHERE symbol = @Symbol AND horizon = @Horizon
            """,
            new { Symbol = Symbol ?? "", Horizon = Horizon ?? 0 },
            row => new ReturnChampion(
                row.GetString(0),
                row.GetInt32(1),
                row.GetString(2),
                row.GetInt32(3),
                row.GetDouble(4),
                row.GetDouble(5),
                row.GetBoolean(6)
            ),
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }
}
