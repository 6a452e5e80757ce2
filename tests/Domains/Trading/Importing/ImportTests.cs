using System.IO.Compression;
using Tradepost.Jobs;

namespace Tradepost.Trading.Tests.Importing;

/// <summary>Files of quotes and trades into a store.</summary>
public sealed class ImportTests
{
    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Of_a_dirty_file_the_good_lines_are_rows_and_the_others_are_kept_aside_with_their_reasons(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);

        var result = await TapeWorld.ImportAsync(world, TapeWorld.Shared("quotes/dirty_quotes_crlf.csv"));

        result
            .Defects.Where(defect => !defect.IsTaken)
            .ToDictionary(defect => defect.Kind, defect => defect.Lines)
            .ShouldBe(
                new Dictionary<string, long>
                {
                    ["wrong_column_count"] = 20,
                    ["not_a_number"] = 10,
                    ["timestamp_out_of_range"] = 10,
                    ["negative_amount"] = 10,
                    ["crossed"] = 10,
                    ["blank_line"] = 10,
                    ["repeated_line"] = 10,
                },
                ignoreOrder: true
            );
        result
            .Defects.Where(defect => defect.IsTaken)
            .ToDictionary(defect => defect.Kind, defect => defect.Lines)
            .ShouldBe(
                new Dictionary<string, long>
                {
                    ["one_sided"] = 20,
                    ["scientific_number"] = 10,
                    ["lower_case_symbol"] = 10,
                    ["out_of_order"] = 10,
                },
                ignoreOrder: true
            );
        (result.Rows, result.Rejected).ShouldBe((4_940, 80));
        (await TapeWorld.CountAsync(world, "orderbook_data WHERE symbol = 'BTCUSDT'")).ShouldBe(4_940);
        (await TapeWorld.CountAsync(world, "orderbook_data WHERE ask_price IS NULL OR bid_price IS NULL")).ShouldBe(20);
        (
            await TapeWorld.CountAsync(
                world,
                "collector_rejects WHERE line_number = 263 AND reason = 'wrong_column_count' AND text = 'binance-futures,BTCUSDT,1723161257465000,1723161256195010,4.667,61800.1'"
            )
        ).ShouldBe(1);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task A_file_imported_twice_changes_nothing_whatever_it_is_packed_in(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);
        var plain = TapeWorld.Write(world, "quotes.csv", [TapeWorld.Header, .. TapeWorld.Lines(5_000), "not,a,row"]);
        var packed = TapeWorld.Write(world, "other name.csv.gz", [TapeWorld.Header, .. TapeWorld.Lines(5_000), "not,a,row"]);
        var zip = Path.Combine(world.Folder, "quotes.zip");
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            archive.CreateEntryFromFile(plain, "inside.csv");
        }

        var first = await TapeWorld.ImportAsync(world, plain);
        var again = await TapeWorld.ImportAsync(world, plain, packed, zip);

        (first.Rows, first.Rejected).ShouldBe((5_000, 1));
        (again.Rows, again.Rejected).ShouldBe((0, 0));
        again.Files.Select(file => file.State).ShouldBe(["unchanged", "unchanged", "unchanged"]);
        (await TapeWorld.CountAsync(world, "orderbook_data")).ShouldBe(5_000);
        (await TapeWorld.CountAsync(world, "collector_rejects")).ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_file_that_was_cut_off_the_whole_lines_are_rows_and_the_whole_file_adds_only_the_rest()
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);
        var cut = TapeWorld.Shared("quotes/truncated_kill9_book_ticker_BTCUSDT.csv.gz");

        var first = await TapeWorld.ImportAsync(world, cut);
        var again = await TapeWorld.ImportAsync(world, cut);
        var rejects = await TapeWorld.CountAsync(
            world,
            "collector_rejects WHERE reason = 'cut_off' AND line_number = 48542 AND text = 'binance-futures,BTCUSDT,172316151'"
        );
        var whole = await TapeWorld.ImportAsync(world, TapeWorld.Shared("quotes/binance-futures_book_ticker_2024-08-08_BTCUSDT.csv.gz"));

        (first.Rows, first.Rejected).ShouldBe((48_540, 1));
        (again.Rows, again.Rejected, again.Files[0].State).ShouldBe((0, 0, "unchanged"));
        rejects.ShouldBe(1);
        (whole.Rows, whole.Files[0].State).ShouldBe((66_089 - 48_540, "continued"));
        (await TapeWorld.CountAsync(world, "orderbook_data")).ShouldBe(66_089);
        (await TapeWorld.CountAsync(world, "collector_rejects")).ShouldBe(0);
    }

    [Theory]
    [InlineData("binance-futures_book_snapshot_25_BTCUSDT.csv", "book_snapshot_25")]
    [InlineData("binance-futures_book_snapshot_5_BTCUSDT.csv", "book_snapshot_5")]
    [InlineData("deribit_incremental_book_L2_BTC-PERPETUAL.csv", "incremental_book_L2")]
    [InlineData("nautilus_fixture_derivative_ticker_1.csv", "derivative_ticker")]
    public async Task A_file_of_another_type_is_refused_by_the_name_of_its_type_before_anything_is_written(string file, string type)
    {
        await using var world = await CollectorWorld.CreateAsync(StoreKind.DuckDb);

        var refusal = await Should.ThrowAsync<JobFailedException>(() =>
            TapeWorld.ImportAsync(world, TapeWorld.Shared("tardis/huobi-dm-swap_quotes_BTC-USD.csv"), TapeWorld.Shared($"tardis/{file}"))
        );

        refusal.Message.ShouldContain($"{file} is {type}");
        (await TapeWorld.CountAsync(world, "orderbook_data")).ShouldBe(0);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Quotes_and_trades_of_other_exchanges_are_rows_with_the_numbers_or_texts_they_are_known_by(StoreKind kind)
    {
        await using var world = await CollectorWorld.CreateAsync(kind);

        var result = await TapeWorld.ImportAsync(
            world,
            TapeWorld.Shared("tardis/huobi-dm-swap_quotes_BTC-USD.csv"),
            TapeWorld.Shared("tardis/bitmex_trades_XBTUSD.csv"),
            TapeWorld.Shared("quotes/binance-futures_trades_2024-08-08_BTCUSDT.csv.gz")
        );

        result.Rejected.ShouldBe(0);
        (
            await TapeWorld.CountAsync(
                world,
                "orderbook_data WHERE exchange = 'huobi-dm-swap' AND symbol = 'BTC-USD' AND ask_price = 8629.3"
            )
        ).ShouldBeGreaterThan(3);
        (
            await TapeWorld.CountAsync(
                world,
                "trade_data WHERE text_id = 'ccc3c1fa-212c-e8b0-1706-9b9c4f3d5ecf' AND id IS NULL AND amount = 2152"
            )
        ).ShouldBe(1);
        (
            await TapeWorld.CountAsync(world, "trade_data WHERE exchange = 'binance-futures' AND text_id IS NULL AND id >= 5266583935")
        ).ShouldBe(21_313);
    }
}
