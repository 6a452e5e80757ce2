using Tradepost.Storage.Embedded;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

internal sealed class DuckDbSnapshot(DuckDbSource source, EmbeddedConnection connection, EmbeddedTransaction transaction) : SourceSnapshot
{
    public override Task<IReadOnlyList<SourceColumn>> ColumnsOfAsync(string query, CancellationToken cancellationToken) =>
        DuckDbQueries.ColumnsOfAsync(source, connection, query, cancellationToken);

    public override Task<SourceReader> ReadAsync(string query, IReadOnlyList<Column> columns, CancellationToken cancellationToken) =>
        DuckDbQueries.ReadAsync(source, connection, query, columns, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
