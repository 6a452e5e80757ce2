using System.Data.Common;
using Tradepost.DuckDb;
using Tradepost.Retail.Generation;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Generation;

/// <summary>A folder for four embedded databases.</summary>
internal sealed class DuckDbShop : TestShop, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public override ShopTarget Target => new DuckDbShopTarget(Folder);

    public override async Task<DbConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new DuckDbConnection(
            new DuckDbConnectionStringBuilder { DataSource = DuckDbShopTarget.PathOf(Folder, database) }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public void Dispose() => folder.Dispose();
}
