using Tradepost.Jobs;
using Tradepost.Trading.Exporting;

namespace Tradepost.Trading.Tests.Exporting;

/// <summary>Quotes of a store into files.</summary>
public sealed class ExportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_file_that_was_exported_and_imported_into_an_empty_store_gives_the_same_rows(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await using var other = await CollectorWorld.CreateAsync(kind);
        await TapeWorld.ImportAsync(
            world,
            TapeWorld.Shared("quotes/dirty_quotes_crlf.csv"),
            TapeWorld.Shared("tardis/huobi-dm-swap_quotes_BTC-USD.csv")
        );
        var file = Path.Combine(world.Folder, "all.csv.gz");

        var exported = await ExportJob.RunAsync(new ExportOptions { Out = file }, TapeWorld.Context(world), Cancellation);
        var imported = await TapeWorld.ImportAsync(other, file);

        (exported.Rows, imported.Rows, imported.Rejected).ShouldBe((4_950, 4_950, 0));
        imported.Defects.ShouldNotContain(defect => defect.Kind == "out_of_order");
        (await TapeWorld.RowsAsync(other)).ShouldBe(await TapeWorld.RowsAsync(world));
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_exported()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, .. TapeWorld.Lines(1_000)]));
        var noon = new DateTime(2024, 8, 8, 12, 0, 0);

        async Task<long> Rows(ExportOptions options, string name) =>
            (
                await ExportJob.RunAsync(options with { Out = Path.Combine(world.Folder, name) }, TapeWorld.Context(world), Cancellation)
            ).Rows;

        (await Rows(new ExportOptions { Symbol = "BTCUSDT", Day = new DateOnly(2024, 8, 8) }, "day.csv")).ShouldBe(1_000);
        (await Rows(new ExportOptions { Day = new DateOnly(2024, 8, 9) }, "other.csv")).ShouldBe(0);
        (await Rows(new ExportOptions { From = noon.AddMilliseconds(100), To = noon.AddMilliseconds(200) }, "span.csv")).ShouldBe(100);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb, "ETHUSDT", null, "There is nothing of ETHUSDT in *; it has BTCUSDT of binance-futures.")]
    [InlineData(StoreKind.Postgres, "btcusdt", null, "There is nothing of btcusdt in *; it has BTCUSDT of binance-futures.")]
    [InlineData(StoreKind.DuckDb, null, "binance", "There is nothing of binance in *; it has BTCUSDT of binance-futures.")]
    [InlineData(StoreKind.DuckDb, "BTCUSDT", "binance", "There is nothing of BTCUSDT of binance in *; it has BTCUSDT of binance-futures.")]
    public async Task A_symbol_that_was_never_recorded_is_said_and_leaves_no_file(
        StoreKind kind,
        string? symbol,
        string? exchange,
        string sentence
    )
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, .. TapeWorld.Lines(10)]));
        var file = Path.Combine(world.Folder, "out.csv");

        var refusal = await Should.ThrowAsync<JobFailedException>(() =>
            ExportJob.RunAsync(
                new ExportOptions
                {
                    Out = file,
                    Symbol = symbol,
                    Exchange = exchange,
                },
                TapeWorld.Context(world),
                Cancellation
            )
        );

        refusal.ExitCode.ShouldBe(1);
        refusal.Message.ShouldMatch(
            "^" + System.Text.RegularExpressions.Regex.Escape(sentence).Replace("\\*", ".*", StringComparison.Ordinal) + "$"
        );
        Directory.GetFiles(world.Folder, "out.csv*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_is_not_written_over()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var file = TapeWorld.Write(world, "there.csv", ["mine"]);

        var refusal = await Should.ThrowAsync<JobFailedException>(() =>
            ExportJob.RunAsync(new ExportOptions { Out = file }, TapeWorld.Context(world), Cancellation)
        );

        refusal.Message.ShouldContain("is there already");
        (await File.ReadAllTextAsync(file, Cancellation)).ShouldBe("mine\n");
    }

    [Fact]
    public async Task The_embedded_store_writes_parquet()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        await TapeWorld.ImportAsync(world, TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, .. TapeWorld.Lines(1_000)]));
        var file = Path.Combine(world.Folder, "all.parquet");

        var result = await ExportJob.RunAsync(new ExportOptions { Out = file }, TapeWorld.Context(world), Cancellation);

        result.Rows.ShouldBe(1_000);
        (await TapeWorld.CountAsync(world, $"read_parquet('{file}') WHERE ask_price > 60000 AND symbol = 'BTCUSDT'")).ShouldBe(1_000);
    }

    [Fact]
    public async Task PostgreSQL_says_that_it_writes_no_parquet()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.Postgres);

        var refusal = await Should.ThrowAsync<JobFailedException>(() =>
            ExportJob.RunAsync(
                new ExportOptions { Out = Path.Combine(world.Folder, "all.parquet") },
                TapeWorld.Context(world),
                Cancellation
            )
        );

        (refusal.ExitCode, refusal.Message).ShouldBe(
            (2, "--out ends in .parquet, which only the embedded store writes; this one is PostgreSQL. Export to .csv.gz instead.")
        );
    }
}
