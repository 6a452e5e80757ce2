using System.Data.Common;
using Tradepost.Retail.Generation;
using Tradepost.Storage;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Generation;

/// <summary>A folder for four embedded databases.</summary>
internal sealed class DuckDbShop : TestShop, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public override ShopTarget Target => new DuckDbShopTarget(Folder);

    public override Task<DbConnection> OpenAsync(string database, CancellationToken cancellationToken) =>
        DuckDbStore.OpenFileAsync(DuckDbShopTarget.PathOf(Folder, database), cancellationToken);

    public void Dispose() => folder.Dispose();
}
