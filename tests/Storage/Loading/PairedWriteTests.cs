using System.Data.Common;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Loading;

/// <summary>Writes of a great many rows into PostgreSQL, over two connections.</summary>
public sealed class PairedWriteTests : IAsyncLifetime
{
    private const int Batches = 40;
    private const int All = Batches * RowBatch.DefaultCapacity;

    private static readonly Column[] Columns = [new("id", ColumnType.Integer, IsNullable: false), new("data", ColumnType.Json)];

    private PostgresStore store = null!; // set before each test
    private DbConnection connection = null!; // as well

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        store = new PostgresStore(new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", database.Url)), TimeProvider.System);
        connection = await store.OpenSessionAsync(Token);
        await connection.ExecuteAsync($"CREATE TABLE t ({store.Dialect.ColumnDefinitions(Columns)})", null, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Rows_of_both_connections_count_once_both_are_committed()
    {
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        await using (var writer = await WrittenAsync())
        {
            (await writer.CompleteAsync(Token)).ShouldBe(All);
            (await CountAsync()).ShouldBe(0);

            await writer.SettleAsync(Token);
            await transaction.CommitAsync(Token);
        }

        (await CountAsync()).ShouldBe(All);
        (await connection.ScalarAsync<long>("SELECT count(DISTINCT id) FROM t WHERE data->>'a' = '1'", null, Token)).ShouldBe(All);
    }

    [Fact]
    public async Task A_write_that_is_not_settled_leaves_nothing_when_its_transaction_is_rolled_back()
    {
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await using (var writer = await WrittenAsync())
            {
                await writer.CompleteAsync(Token);
            }

            await transaction.RollbackAsync(Token);
        }

        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_write_that_is_given_up_leaves_nothing_and_the_connection_free()
    {
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            await using (await WrittenAsync()) { }

            await Should.ThrowAsync<DbException>(() => connection.ScalarAsync<int>("SELECT 1", null, Token)); // the transaction has failed
            await transaction.RollbackAsync(Token);
        }

        (await CountAsync()).ShouldBe(0);
    }

    private async Task<WideWriter> WrittenAsync()
    {
        var writer = await store.BeginWideWriteAsync(connection, "t", Columns, Token);
        var batch = new RowBatch(Columns);
        for (var first = 0; first < All; first += batch.Capacity)
        {
            batch.Clear();
            batch.Count = batch.Capacity;
            for (var row = 0; row < batch.Count; row++)
            {
                batch[0].Values<int>()[row] = first + row;
                batch[1].AsText().Set(row, "{\"a\":1}"u8);
            }

            await writer.WriteAsync(batch, Token);
        }

        return writer;
    }

    private async Task<long> CountAsync()
    {
        await using var other = await store.OpenAsync(Token);
        return await other.ScalarAsync<long>("SELECT count(*) FROM t", null, Token);
    }
}
