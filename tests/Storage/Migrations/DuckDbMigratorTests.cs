using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Migrations;

public sealed class DuckDbMigratorTests : MigratorTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<Store> CreateStoreAsync() => Task.FromResult<Store>(new DuckDbStore(folder.Combine("store.duckdb")));

    protected override Task<Store> OpenAgainAsync(Store store) => CreateStoreAsync();
}
