using System.Globalization;
using Tradepost.Jobs;
using Tradepost.Trading.Exporting;
using Tradepost.Trading.Features;

namespace Tradepost.Trading.Tests.Exporting;

/// <summary>Candles and features into files.</summary>
public sealed class TableExportTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Features_have_a_symbol_a_time_and_a_column_for_each_that_is_known_to_the_last_bit(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        await LoadAsync(world);
        var file = Path.Combine(world.Folder, "features.csv");

        var exported = await ExportAsync(world, new ExportOptions { Out = file, Table = ExportTable.Features });

        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        exported.Rows.ShouldBe(400);
        lines.Length.ShouldBe(401);
        var names = lines[0].Split(',');
        names.ShouldBe([
            "symbol",
            "feature_time",
            .. FeatureList.All.Select(feature => feature.Name).Except(["taker_buy_ratio", "spread", "imbalance"]),
        ]);
        await using var connection = await world.Store.OpenAsync(Cancellation);
        var series = await StoredFeatures.ReadAsync(connection, "BBB", null, Cancellation);
        var last = lines[^1].Split(',');
        last[..2].ShouldBe(["BBB", "2024-01-09 08:00:00"]);
        for (var i = 0; i < series.Names.Count; i++)
        {
            double.Parse(last[names.IndexOf(series.Names[i])], CultureInfo.InvariantCulture).ShouldBe(series.Columns[i][^1]);
        }

        lines[1].ShouldBe("AAA,2024-01-01 01:00:00" + string.Concat(names.Skip(2).Select(name => Known(name, lines[1], names))));
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Candles_are_exported_in_order_of_symbol_and_time(StoreKind kind)
    {
        await using var world = await CandleWorld.CreateAsync(kind);
        await LoadAsync(world);
        var file = Path.Combine(world.Folder, "candles.csv");
        var options = new ExportOptions
        {
            Out = file,
            Table = ExportTable.Candles,
            Symbol = "BBB",
            Day = new DateOnly(2024, 1, 2),
        };

        var exported = await ExportAsync(world, options);

        var lines = await File.ReadAllLinesAsync(file, Cancellation);
        exported.Rows.ShouldBe(24);
        lines[0]
            .ShouldBe(
                "exchange,symbol,timeframe,open_time,source,open,high,low,close,volume,quote_volume,trades,taker_buy_volume,spread,imbalance,is_whole"
            );
        lines[1].ShouldStartWith("binance-futures,BBB,1h,2024-01-02 00:00:00,file,");
        lines[1].ShouldEndWith(",,,,,,true");
    }

    [Fact]
    public async Task The_embedded_store_writes_tables_as_parquet()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        await LoadAsync(world);
        var file = Path.Combine(world.Folder, "features.parquet");

        (await ExportAsync(world, new ExportOptions { Out = file, Table = ExportTable.Features })).Rows.ShouldBe(400);

        (await TapeWorld.CountAsync(world, $"read_parquet('{file}') WHERE symbol = 'AAA' AND return_24h IS NOT NULL")).ShouldBe(176);
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        await using var world = await CandleWorld.CreateAsync(StoreKind.DuckDb);
        await LoadAsync(world);
        var options = new ExportOptions { Out = Path.Combine(world.Folder, "out.csv"), Table = ExportTable.Features };

        var symbol = await Should.ThrowAsync<JobFailedException>(() => ExportAsync(world, options with { Symbol = "CCC" }));
        var exchange = await Should.ThrowAsync<JobFailedException>(() => ExportAsync(world, options with { Exchange = "binance" }));

        symbol.Message.ShouldContain("AAA of binance-futures, BBB of binance-futures");
        (exchange.ExitCode, exchange.Message).ShouldBe(
            (2, "--exchange is of quotes and candles; features of a symbol are of one exchange. Leave it out.")
        );
        Directory.GetFiles(world.Folder, "out.csv*").ShouldBeEmpty();
    }

    /// <summary>In the first hour nothing is known but what looks no hour back.</summary>
    private static string Known(string name, string line, string[] names) =>
        FeatureList.All.Single(feature => feature.Name == name).LookBack == 0 ? "," + line.Split(',')[names.IndexOf(name)] : ",";

    private static Task<ExportResult> ExportAsync(CollectorWorld world, ExportOptions options) =>
        ExportJob.RunAsync(options, TapeWorld.Context(world), Cancellation);

    private static async Task LoadAsync(CollectorWorld world)
    {
        foreach (var (i, symbol) in new[] { "AAA", "BBB" }.Index())
        {
            var lines = CandleWorld.Lines(200, seed: i + 1).Prepend("unix,open,high,low,close,volume");
            await CandleWorld.CandlesAsync(world, TapeWorld.Write(world, $"{symbol}_1h.csv", lines));
        }

        await CandleWorld.FeaturesAsync(world);
    }
}
