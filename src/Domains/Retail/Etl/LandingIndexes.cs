using System.Data.Common;
using Npgsql;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Indexes landings that become staging tables, where the store uses indexes: later runs find their rows by them, and a unique one proves
/// on the way that no key occurs twice.
/// </summary>
internal sealed class LandingIndexes(Store store)
{
    private static readonly IReadOnlyList<(SourceTable Table, IReadOnlyList<string> Others)> Indexed =
    [
        (Shop.Customers, []),
        (Shop.Orders, ["customer_id"]),
        (Shop.OrderItems, []),
        (Shop.Payments, ["order_id"]),
    ];

    public async Task CreateAsync(IEnumerable<TableLoad> loads, CancellationToken cancellationToken)
    {
        if (store.Traits.UsesIndexes)
        {
            await Task.WhenAll(loads.Where(load => load.IsWhole).Select(load => CreateAsync(load, cancellationToken)));
        }
    }

    private async Task CreateAsync(TableLoad load, CancellationToken cancellationToken)
    {
        var landing = Sql.Name(load.Table.Landing);
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        foreach (var (_, others) in Indexed.Where(index => index.Table == load.Table))
        {
            load.HasUniqueKeys = await TryCreateUniqueAsync(connection, load.Table, cancellationToken);
            foreach (var column in load.HasUniqueKeys ? others : [load.Table.Unit, .. others])
            {
                await connection.ExecuteAsync($"CREATE INDEX ON {landing} ({Sql.Name(column)})", null, cancellationToken);
            }
        }

        await connection.ExecuteAsync($"ANALYZE {landing}", null, cancellationToken);
    }

    private static async Task<bool> TryCreateUniqueAsync(DbConnection connection, SourceTable table, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync(
                $"CREATE UNIQUE INDEX ON {Sql.Name(table.Landing)} ({Sql.Names(table.Key)})",
                null,
                cancellationToken
            );
            return true;
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }
}
