using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests;

public sealed class KilledStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>What a killed process leaves: the file as it is, and beside it the log, which the next one reads.</summary>
    [Fact]
    public async Task An_embedded_store_whose_process_dies_after_its_migrations_opens_again()
    {
        var killed = folder.Combine("killed.duckdb");
        await using var store = new DuckDbStore(folder.Combine("store.duckdb"));
        var made = await new Migrator(store, Domains.Migrations, TimeProvider.System).MigrateAsync(Cancellation);
        File.Copy(store.Path, killed);
        File.Copy(store.Path + ".wal", killed + ".wal");

        await using var next = new DuckDbStore(killed);

        await using var connection = await next.OpenAsync(Cancellation);
        (await connection.ScalarAsync<long>("SELECT count(*) FROM schema_history", null, Cancellation)).ShouldBe(made.Count);
    }
}
