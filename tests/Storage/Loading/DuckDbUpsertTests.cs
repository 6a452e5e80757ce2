using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Loading;

public sealed class DuckDbUpsertTests : UpsertTests, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    protected override Task<Store> CreateStoreAsync() => Task.FromResult<Store>(new DuckDbStore(folder.Combine("store.duckdb")));
}
