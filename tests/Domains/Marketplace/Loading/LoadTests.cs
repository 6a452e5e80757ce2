using System.IO.Compression;
using System.Text;
using Tradepost.Jobs;
using Tradepost.Marketplace.Loading;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;

namespace Tradepost.Marketplace.Tests.Loading;

/// <summary>Files of every form into the domain's tables, on every store.</summary>
public abstract class LoadTests
{
    private const string Offers =
        "Артикул,Название товара,Бренд,Продавец,Цена,Отзывы,Рейтинг,Дата\n"
        + "1001,\"Духи \"\"Ночь\"\", 50 мл\",Мир,ИП Ахметова,\"12 345,50 ₸\",17,\"4,5\",04.10.2025\n"
        + "1001,\"Духи \"\"Ночь\"\", 50 мл\",Мир,Лавка,\"12 990,00 ₸\",17,\"4,5\",04.10.2025\n"
        + "1002,\"Крем\nдля рук\",Мир,Лавка,\"1 234 567,5 ₸\",3,\"5,0\",31.10.2025\n";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract StoreKind Kind { get; }

    static LoadTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task The_same_content_in_three_forms_gives_the_same_tables()
    {
        var tables = new List<IReadOnlyList<string>>();
        foreach (
            var (text, encoding) in new[]
            {
                (Offers.Replace("₸", "тг", StringComparison.Ordinal), (Encoding)new UTF8Encoding(false)),
                (WithDelimiter(';').Replace("₸", "тг", StringComparison.Ordinal), Encoding.GetEncoding(1251)),
                (WithDelimiter('\t').Replace("₸", "тг", StringComparison.Ordinal), Encoding.Unicode),
            }
        )
        {
            await using var world = await MarketplaceWorld.CreateAsync(Kind);
            var result = await world.LoadAsync(world.Write("offers.csv", text, encoding));
            result.Files[0].KeptAside.ShouldBe(0);
            tables.Add(await world.EverythingAsync());
        }

        tables[0].ShouldContain("offers 1001|ИП Ахметова|2025-10-04|12345.50||");
        tables[0].ShouldContain("offers 1002|Лавка|2025-10-31|1234567.50||");
        tables[0]
            .ShouldContain(
                "features_daily 1001|2025-10-04|max_price=12990,merchants=2,min_price=12345.5,price=12345.5,rating=4.5,reviews=17"
            );
        tables[1].ShouldBe(tables[0]);
        tables[2].ShouldBe(tables[0]);
    }

    [Theory]
    [InlineData("$1,234.50", "1234.5")]
    [InlineData("1 234,50 ₸", "1234.5")]
    [InlineData("1\u00A0234,50 тг.", "1234.5")]
    [InlineData("1.234,50 €", "1234.5")]
    [InlineData("KZT 1234.50", "1234.5")]
    public async Task Prices_are_read_as_people_write_them(string price, string expected)
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);

        await world.LoadAsync(world.Write("a.csv", $"sku;title;price\n1;a;{price}\n"));

        (await world.TextsAsync("SELECT features->>'price' FROM features_daily")).ShouldBe([expected]);
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("7", "7")]
    [InlineData("007", "7")]
    [InlineData("7.0", "7")]
    [InlineData("7.10", "7.1")]
    [InlineData("0.5", "0.5")]
    [InlineData("00.5", "0.5")]
    [InlineData(".5", "0.5")]
    [InlineData("7.", "7")]
    [InlineData("-7.50", "-7.5")]
    [InlineData("1234567890123456.5", "1234567890123456.5")]
    [InlineData("123456789012345.75", "123456789012345.75")]
    public async Task Numbers_are_kept_as_short_as_they_can_be(string price, string expected)
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);

        var result = await world.LoadAsync(
            new LoadOptions { Files = [world.Write("a.csv", $"sku,date,reviews,price\n1,2025-01-01,5,{price}\n")], Decimal = "point" }
        );

        result.Files[0].KeptAside.ShouldBe(0);
        (await world.TextsAsync("SELECT features->>'price' FROM features_daily")).ShouldBe([expected]);
    }

    [Fact]
    public async Task Rows_that_are_none_are_kept_aside_with_line_and_reason_and_the_others_come_in()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);

        var result = await world.LoadAsync(
            world.Write(
                "a.csv",
                "sku,date,reviews,price\n1,2025-01-01,5,1.50\n2,2025-01-01,many,1.50\n,2025-01-01,1,1\n\n3,2025-13-01,1,1\n4,2025-01-02,1\n5,2025-01-02,7,2\n"
            )
        );

        (result.Files[0].Rows, result.Files[0].Products, result.Files[0].KeptAside).ShouldBe((7, 2, 5));
        var rejects = await new OpenRejects(world.Store).ListAsync(10, 0, Cancellation);
        rejects
            .Select(reject => reject.Problem)
            .ShouldBe(
                [
                    "a.csv, line 3: reviews is 'many'; expected is a whole number",
                    "a.csv, line 4: sku has no value",
                    "a.csv, line 5: the line is blank",
                    "a.csv, line 6: date is '2025-13-01'; expected is a time as year-month-day",
                    "a.csv, line 7: the row has 3 cells; expected are 4, as in the header",
                ],
                ignoreOrder: true
            );
        rejects.Single(reject => reject.Key == "a.csv:3").Row!["reviews"]!.GetValue<string>().ShouldBe("many");
    }

    [Fact]
    public async Task Columns_of_days_become_a_history_in_which_a_price_stands_once()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);

        var result = await world.LoadAsync(
            world.Write("wide.csv", "sku,title,2025-09-01,2025-09-08,2025-09-15,2025-09-22\n1,a,10,10,12.5,10\n2,b,,7,,7\n3,c,,,,\n")
        );

        (result.Files[0].Kind, result.Files[0].Rows, result.Files[0].Days, result.Files[0].KeptAside).ShouldBe(
            (ListingKind.Prices, 3, 6, 1)
        );
        (
            await world.TextsAsync(
                "SELECT sku || ' ' || CAST(price AS text) || ' ' || CAST(valid_from AS text) || ' ' || coalesce(CAST(valid_to AS text), 'on') FROM price_history ORDER BY sku, valid_from"
            )
        ).ShouldBe(["1 10.00 2025-09-01 2025-09-15", "1 12.50 2025-09-15 2025-09-22", "1 10.00 2025-09-22 on", "2 7.00 2025-09-08 on"]);
        (await world.TextsAsync("SELECT title FROM products ORDER BY sku")).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_history_is_the_same_whichever_file_came_first()
    {
        var tables = new List<IReadOnlyList<string>>();
        foreach (var order in new[] { new[] { 1, 2, 3 }, new[] { 3, 1, 2 }, new[] { 2, 3, 1 } })
        {
            await using var world = await MarketplaceWorld.CreateAsync(Kind);
            foreach (var day in order)
            {
                await world.LoadAsync(
                    world.Write($"{day}.csv", $"sku,merchant,price,date\n1,m,{(day == 2 ? 20 : 10)},2025-01-0{day}\n1,n,5,2025-01-0{day}\n")
                );
            }

            tables.Add(await world.EverythingAsync());
        }

        tables[0].Count(row => row.StartsWith("price_history 1|m", StringComparison.Ordinal)).ShouldBe(3);
        tables[0].Count(row => row.StartsWith("price_history 1|n", StringComparison.Ordinal)).ShouldBe(1);
        tables[1].ShouldBe(tables[0]);
        tables[2].ShouldBe(tables[0]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sku,merchant,price,url")]
    public async Task A_file_without_a_header_is_known_by_its_content_or_told(string? columns)
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        var file = world.Write(
            "offers_2025-10-04.csv",
            """
            141256730,ИП Ахметова,23990,https://kaspi.kz/shop/p/manzar-141256730/
            130805479,My Way,59747,https://kaspi.kz/shop/p/chloe-130805479/?c=710000000
            130805479,ELISSIA,59748,https://kaspi.kz/shop/p/chloe-130805479/?c=710000000

            """
        );

        var result = await world.LoadAsync(new LoadOptions { Files = [file], Columns = columns });

        var loaded = result.Files[0];
        (loaded.Kind, loaded.Rows, loaded.Products, loaded.Offers, loaded.KeptAside).ShouldBe((ListingKind.Offers, 3, 2, 3, 0));
        (await world.CountAsync("offers WHERE captured_at = TIMESTAMP '2025-10-04 00:00:00'")).ShouldBe(3);
    }

    [Fact]
    public async Task A_dry_run_shows_each_column_with_samples_and_loads_nothing()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        var file = world.Write("a.csv", "product_id;Сатушы;Цена, тг;note\n1;a;5,5;x\n2;b;6,5;y\n1;b;7,5;y\n");

        var shown = await world.ShowAsync(new LoadOptions { Files = [file] });

        shown
            .Columns.Select(column => (column.Column, column.Field))
            .ShouldBe([("product_id", "sku"), ("Сатушы", "merchant"), ("Цена, тг", "price"), ("note", null)]);
        shown.Columns[2].Samples.ShouldBe(["5,5", "6,5", "7,5"]);
        MarketplaceWorld
            .Json(shown)
            .GetRawText()
            .ShouldStartWith(
                "{\"columns\":[{\"file\":\"a.csv\",\"kind\":\"offers\",\"column\":\"product_id\",\"field\":\"sku\",\"samples\":[\"1\",\"2\"]}"
            );
        (await world.CountAsync("products")).ShouldBe(0);
    }

    [Fact]
    public async Task A_column_of_another_name_is_told_and_a_wrong_one_refused()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        var file = world.Write("a.csv", "nr,what,grade\nA1,Soap,4.5\n");

        var refusal = await Should.ThrowAsync<FileFormException>(() => world.LoadAsync(file));
        var unknown = await Should.ThrowAsync<JobFailedException>(() =>
            world.LoadAsync(new LoadOptions { Files = [file], Map = ["nr=sku", "number=title"] })
        );
        await world.LoadAsync(
            new LoadOptions
            {
                Files = [file],
                Map = ["nr=sku", "what=title", "grade=rating"],
                Day = new DateOnly(2025, 1, 2),
            }
        );

        refusal.Message.ShouldBe(
            "a.csv lacks a column with the products' keys (sku); its columns are 'nr', 'what', 'grade'. Say which it is with --map COLUMN=sku, or --columns sku,price and the like where there is no header."
        );
        unknown.Message.ShouldBe("--map names the column 'number', which no file has.");
        (await world.EverythingAsync()).ShouldBe(["features_daily A1|2025-01-02|rating=4.5", "products A1|Soap|||2025-01-02|2025-01-02"]);
    }

    [Fact]
    public async Task Known_sales_of_days_and_of_spans_are_taken_once()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);

        var days = await world.LoadAsync(world.Write("a.csv", "sku,date,units\n1,2025-01-01,5\n1,2025-01-02,7\n1,2025-01-02,8\n"));
        var spans = await world.LoadAsync(
            new LoadOptions
            {
                Files =
                [
                    world.Write(
                        "b.csv",
                        "sku,first_day,last_day,units,most_units\n1,2025-01-01,2025-01-31,100,199\n2,2025-02-01,2025-01-31,1,\n"
                    ),
                ],
                Kind = ListingKind.Sales,
            }
        );

        (days.Files[0].Kind, spans.Files[0].KeptAside).ShouldBe((ListingKind.Sales, 1));
        (
            await world.TextsAsync(
                "SELECT sku || ' ' || CAST(first_day AS text) || ' ' || CAST(last_day AS text) || ' ' || CAST(CAST(units AS integer) AS text) || ' ' || coalesce(CAST(CAST(most_units AS integer) AS text), '-') FROM known_sales ORDER BY first_day, last_day"
            )
        ).ShouldBe(["1 2025-01-01 2025-01-01 5 -", "1 2025-01-01 2025-01-31 100 199", "1 2025-01-02 2025-01-02 8 -"]);
        (await world.CountAsync("products")).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_later_file_knows_of_a_day_is_put_over_what_was_known_and_the_newest_title_stays()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);

        await world.LoadAsync(world.Write("a.csv", "sku,date,title,reviews,rating\n1,2025-01-02,new,7,4.5\n"));
        await world.LoadAsync(world.Write("b.csv", "sku,date,title,reviews,stock\n1,2025-01-01,old,5,3\n1,2025-01-02,new,8,2\n"));
        var again = await world.LoadAsync(world.Write("c.csv", "sku,date,reviews\n1,2025-01-02,8\n"));

        again.Changed.ShouldBe(0);
        (await world.EverythingAsync()).ShouldBe([
            "features_daily 1|2025-01-01|reviews=5,stock=3",
            "features_daily 1|2025-01-02|rating=4.5,reviews=8,stock=2",
            "products 1|new|||2025-01-01|2025-01-02",
        ]);
    }

    [Fact]
    public async Task Folders_zips_and_gzipped_files_are_loaded_whole()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        var folder = Directory.CreateDirectory(world.PathOf("in")).FullName;
        File.WriteAllText(Path.Combine(folder, "a.csv"), "sku,date,reviews\n1,2025-01-01,1\n");
        File.WriteAllText(Path.Combine(folder, "readme.md"), "no table");
        await using (var gzip = new GZipStream(File.Create(Path.Combine(folder, "b.csv.gz")), CompressionLevel.Fastest))
        {
            gzip.Write("sku,date,reviews\n2,2025-01-01,1\n"u8);
        }

        using (var zip = ZipFile.Open(Path.Combine(folder, "c.zip"), ZipArchiveMode.Create))
        {
            using var entry = zip.CreateEntry("inside.csv").Open();
            entry.Write("sku,date,reviews\n3,2025-01-01,1\n"u8);
        }

        var result = await world.LoadAsync(folder);

        result.Files.Select(file => file.File).ShouldBe(["a.csv", "b.csv.gz", "c.zip/inside.csv"]);
        (await world.TextsAsync("SELECT sku FROM features_daily ORDER BY sku")).ShouldBe(["1", "2", "3"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Rows_in_any_order_with_repetitions_give_the_last_of_each_day(int seed)
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        var random = new Random(seed);
        var expected = new Dictionary<(int Sku, int Day), int>();
        for (var file = 0; file < 3; file++)
        {
            var text = new StringBuilder("sku,date,reviews\n");
            for (var i = 0; i < 6_000; i++)
            {
                // By day, by product, and without any order but with repetitions.
                var (sku, day) = file switch
                {
                    0 => (i % 1_000, i / 1_000),
                    1 => (i / 3, 3 + (i % 3)),
                    _ => (random.Next(1_500), random.Next(20)),
                };
                text.Append($"s{sku:0000},2025-01-{day + 1:00},{expected[(sku, day)] = random.Next(1_000)}\n");
            }

            var result = await world.LoadAsync(world.Write($"{file}.csv", text.ToString()));
            result.Files[0].Rows.ShouldBe(6_000);
        }

        var rows = await world.TextsAsync(
            "SELECT sku || ' ' || CAST(feature_date AS text) || ' ' || (features->>'reviews') FROM features_daily"
        );
        rows.Order(StringComparer.Ordinal)
            .ShouldBe(
                expected.Select(one => $"s{one.Key.Sku:0000} 2025-01-{one.Key.Day + 1:00} {one.Value}").Order(StringComparer.Ordinal)
            );
        (await world.CountAsync("products")).ShouldBe(expected.Keys.Select(key => key.Sku).Distinct().Count());
        (
            await world.CountAsync(
                "products p JOIN (SELECT sku, min(feature_date) AS oldest, max(feature_date) AS newest FROM features_daily GROUP BY sku) f ON f.sku = p.sku WHERE p.first_seen = f.oldest AND p.last_seen = f.newest"
            )
        ).ShouldBe(await world.CountAsync("products"));
    }

    [Fact]
    public async Task A_table_that_was_filled_has_its_index_also_where_a_load_was_killed_before()
    {
        await using var world = await MarketplaceWorld.CreateAsync(Kind);
        if (!world.Store.Traits.UsesIndexes)
        {
            return;
        }

        await world.LoadAsync(world.Write("a.csv", "sku,date,reviews\n1,2025-01-01,1\n"));
        var filled = await world.CountAsync("pg_indexes WHERE indexname = 'features_daily_key'");
        await using (var connection = await world.Store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync("DROP INDEX features_daily_key", null, Cancellation);
        }

        await world.LoadAsync(world.Write("b.csv", "sku,date,reviews\n1,2025-01-02,1\n"));

        filled.ShouldBe(1);
        (await world.CountAsync("pg_indexes WHERE indexname = 'features_daily_key'")).ShouldBe(1);
    }

    private static string WithDelimiter(char delimiter)
    {
        var (text, isQuoted) = (new StringBuilder(), false);
        foreach (var letter in Offers)
        {
            isQuoted ^= letter == '"';
            text.Append(letter == ',' && !isQuoted ? delimiter : letter);
        }

        return text.ToString();
    }
}

public sealed class DuckDbLoadTests : LoadTests
{
    protected override StoreKind Kind => StoreKind.DuckDb;
}

public sealed class PostgresLoadTests : LoadTests
{
    protected override StoreKind Kind => StoreKind.Postgres;
}
