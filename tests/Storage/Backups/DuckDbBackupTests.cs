using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Tests.Backups;

public sealed class DuckDbBackupTests : StoreBackupTests
{
    private int stores;

    protected override string IndexCatalog => "duckdb_indexes()";

    protected override string IndexName => "index_name";

    [Fact]
    public async Task An_integer_wider_than_Parquet_has_comes_back_whole()
    {
        var set = new MigrationSet(
            "shop",
            [
                KeyValuePair.Create(
                    "001_sums.duckdb.sql",
                    "CREATE TABLE sums (total hugeint); INSERT INTO sums VALUES (170141183460469231731687303715884105727);"
                ),
            ]
        );
        var (source, target) = (await NewTargetAsync(), await NewTargetAsync());
        await using (var store = source.Open(TimeProvider.System))
        {
            await new Migrator(store, [set], TimeProvider.System).MigrateAsync(Cancellation);
        }

        await StoreBackup.Of(source, [set], TimeProvider.System).BackUpAsync(Folder.Combine("wide"), _ => { }, Cancellation);
        await StoreBackup.Of(target, [set], TimeProvider.System).RestoreAsync(Folder.Combine("wide"), force: false, _ => { }, Cancellation);

        await using var restored = target.Open(TimeProvider.System);
        await using var connection = await restored.OpenAsync(Cancellation);
        (await connection.ScalarAsync<string>("SELECT CAST(total AS varchar) FROM sums", null, Cancellation)).ShouldBe(
            "170141183460469231731687303715884105727"
        );
    }

    [Fact]
    public async Task Nothing_but_the_store_remains_in_its_folder()
    {
        var target = (EmbeddedTarget)await NewTargetAsync();
        await What_was_backed_up_comes_back_with_the_same_checksums();

        Directory
            .GetFileSystemEntries(Path.GetDirectoryName(target.Path)!)
            .Select(Path.GetExtension)
            .ShouldAllBe(ending => ending == ".duckdb" || ending == "" || ending == ".tmp");
    }

    protected override Task<StoreTarget> NewTargetAsync() =>
        Task.FromResult<StoreTarget>(new EmbeddedTarget(Folder.Combine($"store{++stores}.duckdb")));
}
