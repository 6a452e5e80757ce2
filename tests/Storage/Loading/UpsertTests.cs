using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Tests.Loading;

/// <summary>The same upserts on every store.</summary>
public abstract class UpsertTests
{
    private static readonly Table Prices = new(
        "prices",
        [
            new Column("sku", ColumnType.Text, IsNullable: false),
            new Column("day", ColumnType.Date, IsNullable: false),
            Column.Decimal("price", 12, 2),
        ],
        ["sku", "day"]
    );

    protected abstract Task<Store> CreateStoreAsync();

    [Fact]
    public async Task New_rows_are_inserted_changed_ones_updated_and_the_rest_left_alone()
    {
        await using var store = await PreparedAsync();
        await UpsertAsync(store, ("a", 1, 100), ("b", 1, 200));

        var result = await UpsertAsync(store, ("a", 1, 100), ("b", 1, 250), ("c", 1, null));

        result.ShouldBe(new UpsertResult(Inserted: 1, Updated: 1));
        (await RowsAsync(store)).ShouldBe(["a 1 1.00", "b 1 2.50", "c 1 "]);
    }

    [Fact]
    public async Task Doing_it_again_changes_nothing()
    {
        await using var store = await PreparedAsync();
        await UpsertAsync(store, ("a", 1, 100), ("a", 2, null));

        var again = await UpsertAsync(store, ("a", 1, 100), ("a", 2, null));

        again.ShouldBe(default);
    }

    [Fact]
    public async Task Of_several_rows_with_one_key_the_last_one_counts()
    {
        await using var store = await PreparedAsync();

        var result = await UpsertAsync(store, ("a", 1, 100), ("a", 1, 300), ("a", 1, 200));

        result.ShouldBe(new UpsertResult(Inserted: 1, Updated: 0));
        (await RowsAsync(store)).ShouldBe(["a 1 2.00"]);
    }

    [Fact]
    public async Task An_upsert_is_undone_with_its_transaction()
    {
        await using var store = await PreparedAsync();
        await using (var connection = await store.OpenSessionAsync(TestContext.Current.CancellationToken))
        await using (await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await new Upsert(store, connection, Prices).RunAsync(Batches(("a", 1, 100)), TestContext.Current.CancellationToken);
        }

        (await RowsAsync(store)).ShouldBeEmpty();
    }

    private async Task<Store> PreparedAsync()
    {
        var store = await CreateStoreAsync();
        await using var connection = await store.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            $"CREATE TABLE prices ({store.Dialect.ColumnDefinitions(Prices.Columns)})",
            null,
            TestContext.Current.CancellationToken
        );
        return store;
    }

    private static async Task<UpsertResult> UpsertAsync(Store store, params (string Sku, int Day, long? Cents)[] rows)
    {
        await using var connection = await store.OpenSessionAsync(TestContext.Current.CancellationToken);
        return await new Upsert(store, connection, Prices).RunAsync(Batches(rows), TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(Store store)
    {
        await using var connection = await store.OpenAsync(TestContext.Current.CancellationToken);
        return await connection.QueryAsync<string>(
            "SELECT sku || ' ' || CAST(extract(day FROM day) AS integer) || ' ' || COALESCE(CAST(price AS text), '') FROM prices ORDER BY sku, day",
            null,
            TestContext.Current.CancellationToken
        );
    }

    private static async IAsyncEnumerable<RowBatch> Batches(params (string Sku, int Day, long? Cents)[] rows)
    {
        foreach (var pair in rows.Chunk(2))
        {
            var batch = new RowBatch(Prices.Columns) { Count = pair.Length };
            for (var row = 0; row < pair.Length; row++)
            {
                batch[0].AsText().Set(row, pair[row].Sku.AsSpan());
                batch[1].Values<int>()[row] = pair[row].Day - 1;
                if (pair[row].Cents is { } cents)
                {
                    batch[2].Values<long>()[row] = cents;
                }
                else
                {
                    batch[2].SetNull(row);
                }
            }

            await Task.Yield();
            yield return batch;
        }
    }
}
