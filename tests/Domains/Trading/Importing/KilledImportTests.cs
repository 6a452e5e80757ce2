namespace Tradepost.Trading.Tests.Importing;

/// <summary>An import that is killed on its way.</summary>
public sealed class KilledImportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task An_import_killed_again_and_again_ends_with_every_row_once(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await using var other = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var file = TapeWorld.Write(
            world,
            "quotes.csv.gz",
            [TapeWorld.Header, .. TapeWorld.Lines(40_000), "not,a,row", .. TapeWorld.Lines(40_000, 40_000)]
        );
        await world.Store.DisposeAsync();

        foreach (var commits in (int[])[1, 4, 3])
        {
            await ImportingProcess.RunAndKillAsync(world, file, commits, Cancellation);
        }

        world.Reopen();
        var last = await TapeWorld.ImportAsync(world, file);
        await TapeWorld.ImportAsync(other, file);

        last.Files[0].State.ShouldBe("continued");
        last.Rows.ShouldBeInRange(1, 79_999);
        (await TapeWorld.RowsAsync(world)).ShouldBe(await TapeWorld.RowsAsync(other));
        (await TapeWorld.CountAsync(world, "collector_rejects")).ShouldBe(1);
    }
}
