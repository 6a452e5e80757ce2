using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
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

    [Fact]
    public async Task Wide_rows_are_written_in_one_transaction_of_more_than_fits_into_memory()
    {
        await using var store = new DuckDbStore(folder.Combine("wide.duckdb"), memoryLimit: "60MB");
        Column[] columns = [.. Enumerable.Range(0, 20).Select(i => new Column($"c{i}", ColumnType.Double))];
        await using var connection = await store.OpenSessionAsync(Token);
        await connection.ExecuteAsync($"CREATE TABLE wide ({store.Dialect.ColumnDefinitions(columns)})", null, Token);
        var batch = new RowBatch(columns);

        await using (await store.WriteWideRowsAsync(Token))
        {
            await using var transaction = await connection.BeginTransactionAsync(Token);
            await using var writer = await store.BeginBulkWriteAsync(connection, "wide", columns, Token);
            for (var i = 0; i < 400; i++)
            {
                batch.Count = batch.Capacity;
                foreach (var column in batch.Columns)
                {
                    for (var row = 0; row < batch.Count; row++)
                    {
                        column.Values<double>()[row] = Math.Sin((i * batch.Count) + row);
                    }
                }

                await writer.WriteAsync(batch, Token);
            }

            await writer.CompleteAsync(Token);
            await transaction.CommitAsync(Token);
        }

        (await connection.ScalarAsync<long>("SELECT count(*) FROM wide", null, Token)).ShouldBe(400 * batch.Capacity);
        (await connection.ScalarAsync<long>("SELECT current_setting('write_buffer_row_group_count')", null, Token)).ShouldBe(5);
    }

    private static async Task<long> ThreadsAsync(DuckDbStore store)
    {
        await using var connection = await store.OpenAsync(Token);
        return await connection.ScalarAsync<long>("SELECT current_setting('threads')", null, Token);
    }
}
