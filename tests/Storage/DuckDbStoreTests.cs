using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests;

public sealed class DuckDbStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_spared_core_is_given_back()
    {
        await using var store = new DuckDbStore(folder.Combine("store.duckdb"));
        var all = await ThreadsAsync(store);

        await using (await store.SpareCoreAsync(Token))
        {
            (await ThreadsAsync(store)).ShouldBe(Math.Max(1, all - 1));
        }

        (await ThreadsAsync(store)).ShouldBe(all);
    }

    private static async Task<long> ThreadsAsync(DuckDbStore store)
    {
        await using var connection = await store.OpenAsync(Token);
        return await connection.ScalarAsync<long>("SELECT current_setting('threads')", null, Token);
    }
}
