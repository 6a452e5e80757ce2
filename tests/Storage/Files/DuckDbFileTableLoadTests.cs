using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Files;

public sealed class DuckDbFileTableLoadTests : FileTableLoadTests
{
    private readonly TemporaryFolder home = new();

    protected override Task<Store> CreateStoreAsync() => Task.FromResult<Store>(new DuckDbStore(home.Combine("store.duckdb")));

    protected override void Dispose(bool isDisposing)
    {
        home.Dispose();
        base.Dispose(isDisposing);
    }
}
