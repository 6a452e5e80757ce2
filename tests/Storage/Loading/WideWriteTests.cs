using System.Data.Common;
using System.Text;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Loading;

/// <summary>Writes of a great many rows, which the embedded store takes in on all of its threads.</summary>
public sealed class WideWriteTests : IAsyncDisposable
{
    private const int RowsOfGroup = 122_880;

    private static readonly Column[] Columns =
    [
        new("id", ColumnType.Integer, IsNullable: false),
        new("name", ColumnType.Text),
        Column.Decimal("amount", 12, 2),
        new("seen", ColumnType.Timestamp),
        new("day", ColumnType.Date),
        new("ratio", ColumnType.Double),
        new("flag", ColumnType.Boolean),
        new("uid", ColumnType.Uuid),
        new("data", ColumnType.Json),
    ];

    private readonly TemporaryFolder folder = new();
    private readonly DuckDbStore store;

    public WideWriteTests() => store = new DuckDbStore(folder.Combine("store.duckdb"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Wide_rows_fit_into_the_memory_however_many_processors_there_are()
    {
        Column[] wide = [.. Enumerable.Range(0, 60).Select(i => new Column($"v{i}", ColumnType.Double))];
        await using var connection = await store.OpenSessionAsync(Token);
        await connection.ExecuteAsync($"CREATE TABLE wide ({store.Dialect.ColumnDefinitions(wide)})", null, Token);
        await connection.ExecuteAsync("SET GLOBAL threads TO 12", null, Token);
        var (random, batch) = (new Random(1), new RowBatch(wide));
        foreach (var column in batch.Columns)
        {
            random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(column.Values<double>()));
        }

        batch.Count = batch.Capacity;
        await using (var writer = await store.BeginWideWriteAsync(connection, "wide", wide, Token))
        {
            for (var rows = 0; rows < 5 * RowsOfGroup; rows += batch.Count)
            {
                await writer.WriteAsync(batch, Token);
            }

            await writer.CompleteAsync(Token);
        }

        (await connection.ScalarAsync<long>("SELECT count(*) FROM wide", null, Token)).ShouldBe(5 * RowsOfGroup);
    }

    [Fact]
    public async Task A_value_of_each_type_and_a_null_arrive_as_they_were()
    {
        await using var connection = await OpenAsync();
        var uid = Guid.Parse("0197c2a0-1111-7222-8333-444455556666");
        var batch = new RowBatch(Columns) { Count = 2 };
        batch[1].AsText().Set(0, "Олена, a text longer than twelve bytes");
        batch[2].Values<long>()[0] = -12345;
        batch[3].Values<long>()[0] = 1_782_864_000_123_456;
        batch[4].Values<int>()[0] = 20_000;
        batch[5].Values<double>()[0] = -0.1875;
        batch[6].Values<bool>()[0] = true;
        batch[7].Values<Guid>()[0] = uid;
        batch[8].AsText().Set(0, "{\"a\":1}");
        batch[0].Values<int>()[1] = 1;
        foreach (var column in batch.Columns.Skip(1))
        {
            column.SetNull(1);
        }

        await using (var writer = await store.BeginWideWriteAsync(connection, "t", Columns, Token))
        {
            await writer.WriteAsync(batch, Token);
            (await writer.CompleteAsync(Token)).ShouldBe(2);
        }

        (
            await connection.ReadAsync(
                "SELECT concat_ws('|', id, name, amount, seen, day, ratio, flag, uid, data->>'a') FROM t ORDER BY id",
                row => row.GetString(0),
                Token
            )
        ).ShouldBe([$"0|Олена, a text longer than twelve bytes|-123.45|2026-07-01 00:00:00.123456|2024-10-04|-0.1875|true|{uid:D}|1", "1"]);
    }

    [Fact]
    public async Task All_rows_arrive_and_those_of_a_row_group_are_neighbours()
    {
        await using var connection = await OpenAsync();
        const int Batches = 300;
        await using (var writer = await store.BeginWideWriteAsync(connection, "t", Columns, Token))
        {
            for (var first = 0; first < Batches; first++)
            {
                await writer.WriteAsync(Filled(first * RowBatch.DefaultCapacity), Token);
            }

            (await writer.CompleteAsync(Token)).ShouldBe(Batches * RowBatch.DefaultCapacity);
        }

        (
            await connection.ScalarAsync<string>(
                "SELECT concat_ws(' ', count(*), count(DISTINCT id), min(id), max(id)) FROM t",
                null,
                Token
            )
        ).ShouldBe($"{Batches * 2048} {Batches * 2048} 0 {(Batches * 2048) - 1}");
        (
            await connection.ScalarAsync<long>(
                $"SELECT count(*) FROM (SELECT rowid // {RowsOfGroup} AS place, max(id) - min(id) AS span FROM t GROUP BY place) g WHERE span >= {RowsOfGroup}",
                null,
                Token
            )
        ).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_row_cannot_be_kept_for_comes_out_of_the_write_and_the_transaction_leaves_nothing()
    {
        await using var connection = await OpenAsync();
        var broken = Filled(0);
        broken[1].AsText().Set(2047, (byte[])[0xC3, 0x28]);

        await using (var transaction = await connection.BeginTransactionAsync(Token))
        await using (var writer = await store.BeginWideWriteAsync(connection, "t", Columns, Token))
        {
            await writer.WriteAsync(Filled(10_000), Token);
            var failure = await Should.ThrowAsync<ArgumentException>(async () => await writer.WriteAsync(broken, Token));
            failure.Message.ShouldStartWith("The text for column name, row 2047, is not valid UTF-8: C328.");
        }

        (await CountAsync(connection)).ShouldBe(0);
    }

    [Fact]
    public async Task A_constraint_that_breaks_comes_out_at_the_latest_when_the_write_ends()
    {
        await using var connection = await OpenAsync();
        var broken = Filled(0);
        broken[0].SetNull(5);

        await using (var writer = await store.BeginWideWriteAsync(connection, "t", Columns, Token))
        {
            var failure = await Should.ThrowAsync<DbException>(async () =>
            {
                await writer.WriteAsync(broken, Token);
                await writer.CompleteAsync(Token);
            });
            failure.Message.ShouldContain("NOT NULL");
        }

        (await CountAsync(connection)).ShouldBe(0);
    }

    [Fact]
    public async Task A_write_that_is_given_up_leaves_the_table_as_it_was_and_the_connection_free()
    {
        await using var connection = await OpenAsync();
        await using (var writer = await store.BeginWideWriteAsync(connection, "t", Columns, Token))
        {
            await writer.WriteAsync(Filled(0), Token);
        }

        (await CountAsync(connection)).ShouldBe(0);
    }

    private static RowBatch Filled(int first)
    {
        var batch = new RowBatch(Columns) { Count = RowBatch.DefaultCapacity };
        for (var row = 0; row < batch.Count; row++)
        {
            batch[0].Values<int>()[row] = first + row;
            batch[1].AsText().Set(row, Encoding.UTF8.GetBytes($"the text of row {first + row}"));
            batch[8].AsText().Set(row, "{}"u8);
        }

        return batch;
    }

    private async Task<DbConnection> OpenAsync()
    {
        var connection = await store.OpenSessionAsync(Token);
        await connection.ExecuteAsync($"CREATE TABLE t ({store.Dialect.ColumnDefinitions(Columns)})", null, Token);
        return connection;
    }

    private static Task<long> CountAsync(DbConnection connection) => connection.ScalarAsync<long>("SELECT count(*) FROM t", null, Token);
}
