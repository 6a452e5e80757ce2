using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Storage;

namespace Tradepost.Trading.Writing;

/// <summary>
/// Which symbols of which exchanges a store has: who asks for another has mistyped it, and is told instead of being given nothing.
/// </summary>
internal static class RecordedNames
{
    private const int MostNamed = 10;

    /// <summary>Refuses what was never recorded.</summary>
    /// <param name="connection">To the store.</param>
    /// <param name="tables">Those of which one must have it.</param>
    /// <param name="symbol">What is asked for; null for any.</param>
    /// <param name="exchange">The same.</param>
    /// <param name="store">For the message.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="JobFailedException">Nothing of it was ever recorded.</exception>
    public static async Task RequireAsync(
        DbConnection connection,
        IReadOnlyList<string> tables,
        string? symbol,
        string? exchange,
        Store store,
        CancellationToken cancellationToken
    )
    {
        if ((symbol ?? exchange) is null || await IsKnownAsync(connection, tables, symbol, exchange, cancellationToken))
        {
            return;
        }

        var known = await connection.ReadAsync(
            "SELECT DISTINCT exchange, symbol FROM "
                + $"({string.Join(" UNION ", tables.Select(table => $"SELECT DISTINCT exchange, symbol FROM {table}"))}) AS recorded "
                + $"ORDER BY symbol, exchange LIMIT {MostNamed + 1}",
            row => $"{row.GetString(1)} of {row.GetString(0)}",
            cancellationToken
        );
        var what =
            symbol is null ? exchange
            : exchange is null ? symbol
            : $"{symbol} of {exchange}";
        throw new JobFailedException(
            known.Count == 0
                ? $"There is nothing of {what} in {store.Description}: no quotes were recorded yet."
                : $"There is nothing of {what} in {store.Description}; it has "
                    + $"{string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? " and others" : "")}."
        );
    }

    private static async Task<bool> IsKnownAsync(
        DbConnection connection,
        IReadOnlyList<string> tables,
        string? symbol,
        string? exchange,
        CancellationToken cancellationToken
    )
    {
        List<string> conditions = [];
        var parameters = new Dictionary<string, object?>();
        foreach (var (name, value) in new[] { ("symbol", symbol), ("exchange", exchange) })
        {
            if (value is not null)
            {
                conditions.Add($"{name} = @{name}");
                parameters[name] = value;
            }
        }

        foreach (var table in tables)
        {
            var found = await connection.ScalarAsync<long>(
                $"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {string.Join(" AND ", conditions)} LIMIT 1) AS found",
                parameters,
                cancellationToken
            );
            if (found > 0)
            {
                return true;
            }
        }

        return false;
    }
}
