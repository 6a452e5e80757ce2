using System.Text;
using Tradepost.Advertising.Loading;
using Tradepost.Jobs;
using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Tests.Loading;

/// <summary>Exports as the platforms write them, loaded without a word about their columns.</summary>
public sealed class PlatformExportsTests
{
    private const string Known =
        "SELECT campaign_id, \"timestamp\", impressions, clicks, spend, conversions FROM campaign_metrics_now ORDER BY 1, 2";

    public static TheoryData<string, string, string[]> Exports() =>
        new()
        {
            {
                "meta",
                """
                    Campaign name,Ad set name,Ad name,Day,Impressions,Reach,Link clicks,Clicks (all),Amount spent (USD),Results,CTR (all),Reporting starts,Reporting ends
                    ,,,,3000,2500,30,40,"$1,234.50",5,1.33,2024-01-01,2024-01-02
                    Spring,Women,Blue,2024-01-01,"1,000",900,10,15,$234.50,2,1.5%,2024-01-01,2024-01-02
                    Spring,Women,Blue,2024-01-02,"2,000",1600,20,25,"$1,000.00",3,1.25%,2024-01-01,2024-01-02
                    """,
                ["Spring 2024-01-01 1000 15 234.5 2", "Spring 2024-01-02 2000 25 1000 3"]
            },
            {
                "meta in Ukrainian",
                """
                    Назва кампанії;Ідентифікатор кампанії;Початок звітності;Кінець звітності;Покази;Кліки (усі);Витрачена сума (UAH);Результати
                    Весна;77;2024-01-01;2024-01-01;1 000;15;1 234,50 ₴;2
                    Весна;77;2024-01-02;2024-01-02;2 000;25;800,25 ₴;—
                    """,
                ["77 2024-01-01 1000 15 1234.5 2", "77 2024-01-02 2000 25 800.25 0"]
            },
            {
                "google",
                """
                    Campaign report
                    "January 1, 2024 - January 2, 2024"
                    Day,Campaign,Campaign ID,Currency code,Clicks,Impr.,CTR,Avg. CPC,Cost,Conversions
                    2024-01-01,Total Wireless,9,USD,15,"1,000",1.50%,0.10,234.50,2.50
                    2024-01-02,Total Wireless,9,USD,25,"2,000",1.25%,0.10,"1,000.00",3.25
                    Total: Campaigns, --, --,USD,40,"3,000",1.33%,0.10,"1,234.50",5.75
                    Total: Account, --, --,USD,40,"3,000",1.33%,0.10,"1,234.50",5.75
                    """,
                ["9 2024-01-01 1000 15 234.5 2.5", "9 2024-01-02 2000 25 1000 3.25"]
            },
            {
                "google in Russian",
                """
                    Отчет по кампаниям
                    1 января 2024 г. - 2 января 2024 г.
                    День	Кампания	Идентификатор кампании	Код валюты	Клики	Показы	CTR	Стоимость	Конверсии
                    01.01.2024	Весна	9	RUB	15	1 000	1,50 %	234,50	2,50
                    02.01.2024	Весна	9	RUB	25	2 000	1,25 %	1 000,00	3,25
                    Итого: аккаунт	 --	 --	RUB	40	3 000	1,33 %	1 234,50	5,75
                    """,
                ["9 2024-01-01 1000 15 234.5 2.5", "9 2024-01-02 2000 25 1000 3.25"]
            },
            {
                "tiktok",
                """
                    Campaign name,Campaign ID,Ad group name,Ad Group ID,Ad name,Ad ID,By Day,Cost,Impressions,Clicks (destination),Conversions,Currency
                    Spring,5,Women,6,Blue,7,2024-01-01,234.50,1000,15,2,USD
                    Spring,5,Women,6,Red,8,2024-01-01,0.50,10,1,0,USD
                    Total of 2 results,-,-,-,-,-,-,235.00,1010,16,2,USD
                    """,
                ["5 2024-01-01 1010 16 235 2"]
            },
            {
                "yandex",
                """
                    Статистика по дням: client, с 01.01.2024 по 02.01.2024
                    Дата;Кампания;№ Кампании;Показы;Клики;CTR (%);Расход (руб.);Ср. цена клика (руб.);Конверсии
                    01.01.2024;Весна;11;1000;15;1,5;234,50;15,63;2
                    02.01.2024;Весна;11;2000;25;1,25;1000,00;40;3
                    Всего с 01.01.2024 по 02.01.2024;;;3000;40;1,33;1234,50;30,86;5
                    """,
                ["11 2024-01-01 1000 15 234.5 2", "11 2024-01-02 2000 25 1000 3"]
            },
            {
                "yandex direct's API",
                "\"Report (2024-01-01 - 2024-01-02)\"\nDate\tCampaignId\tCampaignName\tImpressions\tClicks\tCost\tConversions\n2024-01-01\t11\tВесна\t1000\t15\t234.50\t2\n2024-01-02\t11\tВесна\t2000\t25\t1000.00\t--\nTotal rows: 2\n",
                ["11 2024-01-01 1000 15 234.5 2", "11 2024-01-02 2000 25 1000 0"]
            },
        };

    [Theory]
    [MemberData(nameof(Exports))]
    public async Task An_export_is_read_by_the_names_of_its_columns(string name, string text, string[] expected)
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        var result = await world.LoadAsync(world.Write($"{name}.csv", text));

        (await world.LinesAsync(Known)).ShouldBe(expected);
        result.Files[0].KeptAside.ShouldBe(0);
        (await world.LoadAsync(world.PathOf($"{name}.csv"))).Changed.ShouldBe(0);
    }

    [Fact]
    public async Task Rows_of_totals_are_left_out_and_counted()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        var result = await world.LoadAsync(
            world.Write("a.csv", "Day,Campaign,Impressions\n2024-01-01,Total,5\nTotal,,5\nУсього: акаунт,,5\n,,5\n")
        );

        result.Files[0].Totals.ShouldBe(3);
        (await world.LinesAsync(Known)).ShouldBe(["Total 2024-01-01 5 0 0 0"]);
    }

    [Fact]
    public async Task The_range_in_the_header_is_the_day_of_rows_without_one_and_several_days_are_refused()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        const string rows = "Campaign,Impressions,Clicks\nSpring,5,1\n";

        await world.LoadAsync(world.Write("day.csv", $"\"January 3, 2024 - January 3, 2024\"\n{rows}"));
        var refusal = await Should.ThrowAsync<FileFormException>(() =>
            world.LoadAsync(world.Write("month.csv", $"\"January 1, 2024 - January 31, 2024\"\n{rows}"))
        );

        (await world.LinesAsync(Known)).ShouldBe(["Spring 2024-01-03 5 1 0 0"]);
        refusal.Message.ShouldBe(
            "month.csv has no column with days, and is of 2024-01-01 to 2024-01-31: export it with a row for each day, or put all of it on one with --day 2024-01-31."
        );
    }

    [Fact]
    public async Task A_file_without_days_or_campaigns_is_refused_with_its_columns()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        var refusal = await Should.ThrowAsync<FileFormException>(() =>
            world.LoadAsync(world.Write("a.csv", "Werbekampagne,Impressions,Day\nSpring,5,2024-01-01\n"))
        );
        await world.LoadAsync(new LoadExportsOptions { Files = [world.PathOf("a.csv")], Map = ["Werbekampagne=campaign_name"] });

        refusal.Message.ShouldBe(
            "a.csv lacks a column with campaigns (campaign); its columns are 'Werbekampagne', 'Impressions', 'Day'. Say which it is with --map COLUMN=campaign."
        );
        (await world.LinesAsync(Known)).ShouldBe(["Spring 2024-01-01 5 0 0 0"]);
    }

    [Fact]
    public async Task What_is_no_row_is_kept_aside_with_its_line_and_reason_and_the_others_load()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        var result = await world.LoadAsync(
            world.Write(
                "a.csv",
                """
                Day,Campaign,Ad ID,Impressions,Clicks,Cost
                2024-01-01,Spring,1,many,0,1.00
                2024-01-01,Spring,2,10,-1,1.00
                2024-01-01,Spring,3,10,0,0.1234567891
                yesterday,Spring,4,10,0,1.00
                2024-01-01,,5,10,0,1.00
                2024-01-01,Spring,6,10,1,1.00
                2024-01-01,Spring,6,11,1,1.00
                2024-01-01,Spring,6,10,1,1.00

                """
            )
        );

        result.Files[0].KeptAside.ShouldBe(6);
        (await world.LinesAsync("SELECT problem FROM rejects ORDER BY 1")).ShouldBe([
            "a.csv, line 2: Impressions is 'many'; expected is a whole number",
            "a.csv, line 3: Clicks is -1; expected is a number from 0",
            "a.csv, line 4: Cost is 0.1234567891; expected are up to 19 digits before the decimal sign and 9 behind it",
            "a.csv, line 5: Day is 'yesterday'; expected is a day as year-month-day",
            "a.csv, line 6: campaign has no value",
            "a.csv, line 8: a row before has the same campaign, ad and day, and other numbers; name the column that tells them apart as a segment",
        ]);
        (await world.LinesAsync(Known)).ShouldBe(["Spring 2024-01-01 10 1 1 0"]);
    }

    [Fact]
    public async Task Segments_divide_an_ads_day_and_windows_1251_is_read()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

        var result = await world.LoadAsync(
            world.Write(
                "a.csv",
                "Дата;Кампания;Пол;Сорт;Показы;Расход, руб.\n01.02.2024;Весна;женский;a;10;1,50\n01.02.2024;Весна;мужской;a;5;0,25\n13.02.2024;Весна;мужской;a;1;0,05\n",
                Encoding.GetEncoding(1251)
            )
        );

        (await world.LinesAsync(Known)).ShouldBe(["Весна 2024-02-01 15 0 1.75 0", "Весна 2024-02-13 1 0 0.05 0"]);
        (await world.LinesAsync("SELECT DISTINCT breakdown, currency FROM ad_metrics, campaigns")).ShouldBe(["gender RUB"]);
        result.Files[0].Ignored.ShouldBe(["Сорт"]);
    }

    [Fact]
    public async Task A_dry_run_shows_columns_and_writes_nothing()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);
        var file = world.Write("a.csv", "Day,Campaign,Impressions,Mood\n2024-01-01,Spring,5,good\n");

        var shown = await world.ShowAsync(new LoadExportsOptions { Files = [file] });

        shown
            .Columns.Select(column => $"{column.Column}={column.Field}")
            .ShouldBe(["Day=day", "Campaign=campaign_name", "Impressions=impressions", "Mood="]);
        (await world.CountAsync("ad_metrics")).ShouldBe(0);
    }

    [Fact]
    public async Task A_map_of_a_column_that_no_file_has_is_wrong_use()
    {
        await using var world = await AdvertisingWorld.CreateAsync(StoreKind.DuckDb);

        var refusal = await Should.ThrowAsync<JobFailedException>(() =>
            world.LoadAsync(
                new LoadExportsOptions
                {
                    Files = [world.Write("a.csv", "Day,Campaign,Impressions\n2024-01-01,Spring,5\n")],
                    Map = ["Mood=segment"],
                }
            )
        );

        refusal.ExitCode.ShouldBe(2);
    }
}
