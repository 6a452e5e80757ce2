using MySqlConnector;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Generation;

internal sealed class MySqlShopWriter(MySqlConnection connection, IReadOnlyList<string> lastStatements) : ShopWriter
{
    public override async Task<BulkWriter> BeginAsync(Table table, CancellationToken cancellationToken) =>
        await MySqlBulkWriter.BeginAsync(connection, table.Name, table.Columns, cancellationToken);

    // With the checks off a foreign key is added without reading the table again; the generator's rows keep it.
    public override async Task CompleteAsync(CancellationToken cancellationToken)
    {
        string[] statements =
        [
            "SET SESSION foreign_key_checks = 0",
            .. lastStatements,
            ShopMarker.Complete,
            "SET SESSION foreign_key_checks = 1",
        ];
        foreach (var statement in statements)
        {
            await MySqlShopTarget.ExecuteAsync(connection, statement, cancellationToken);
        }
    }

    public override async ValueTask DisposeAsync() => await connection.DisposeAsync();
}
