using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Tradepost.Storage.Files;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Rejects;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Files;

/// <summary>A table that is loaded from files, on every store.</summary>
public abstract class FileTableLoadTests : IDisposable
{
    private const string Header = "Date,Campaign,Impressions,Clicks,Spend,Note\n";

    private readonly TemporaryFolder folder = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<Store> CreateStoreAsync();

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing) => folder.Dispose();

    [Fact]
    public async Task Files_of_every_form_become_rows_or_rejects_and_nothing_else()
    {
        await using var store = await PreparedAsync();
        for (var seed = 0; seed < 60; seed++)
        {
            var file = new GeneratedMetrics(seed);
            await ClearAsync(store);

            var result = await LoadAsync(store, file.WriteTo(folder.Path));

            (await RowsAsync(store)).ShouldBe(file.Rows, ignoreOrder: true, customMessage: $"seed {seed}: {file.Description}");
            (await RejectedLinesAsync(store)).ShouldBe(
                file.RejectedLines,
                ignoreOrder: true,
                customMessage: $"seed {seed}: {file.Description}"
            );
            (result.Rows, result.Rejected).ShouldBe((file.Rows.Count, file.RejectedLines.Count));
        }
    }

    [Fact]
    public async Task A_load_that_is_stopped_goes_on_where_it_was()
    {
        await using var store = await PreparedAsync();
        var path = Write("metrics.csv", Header + Lines(0, 10_000));
        var commits = 0;
        var stopped = new FileTableLoad(store, GeneratedMetrics.Table, TimeProvider.System)
        {
            CommitRows = 2_000,
            Fence = (_, _) => ++commits == 3 ? throw new IOException("Stopped.") : Task.CompletedTask,
        };
        await Should.ThrowAsync<IOException>(() => stopped.RunAsync([path], Cancellation));
        var before = await CountAsync(store, "ad_metrics");

        var result = await LoadAsync(store, path);

        before.ShouldBeInRange(2_000, 9_000);
        result.Rows.ShouldBe(10_000 - before);
        result.Files[0].State.ShouldBe("continued");
        (await CountAsync(store, "ad_metrics")).ShouldBe(10_000);
    }

    [Fact]
    public async Task A_file_is_known_by_its_content_whatever_its_name()
    {
        await using var store = await PreparedAsync();
        await LoadAsync(store, Write("a.csv", Header + Lines(0, 100)));

        var again = await LoadAsync(store, Write("b.csv", Header + Lines(0, 100)));
        var longer = await LoadAsync(store, Write("c.csv", Header + Lines(0, 150)));

        (again.Rows, again.Files[0].State).ShouldBe((0, "unchanged"));
        (longer.Rows, longer.Files[0].State).ShouldBe((50, "continued"));
        (await CountAsync(store, "ad_metrics")).ShouldBe(150);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task A_last_line_without_an_end_may_get_one(string lineEnd)
    {
        await using var store = await PreparedAsync();
        var text = (Header + Lines(0, 2)).TrimEnd('\n');
        await LoadAsync(store, Write("a.csv", text));

        var longer = await LoadAsync(store, Write("b.csv", text + lineEnd + Lines(2, 3)));
        var other = await Should.ThrowAsync<InvalidDataException>(() => LoadAsync(store, Write("c.csv", text + "more\n")));

        (longer.Rows, longer.Rejected, longer.Files[0].Lines).ShouldBe((1, 0, 4));
        other.Message.ShouldStartWith("Line 3 was loaded when the file ended in its middle, and goes on now.");
    }

    [Fact]
    public async Task A_row_takes_the_place_of_the_one_with_its_key()
    {
        await using var store = await PreparedAsync();
        var table = GeneratedMetrics.Table with { Key = ["day", "campaign"] };
        await LoadAsync(store, Write("a.csv", Header + "2026-01-01,a,10,1,1.00,\n2026-01-02,a,20,2,2.00,\n"), table);

        await LoadAsync(store, Write("b.csv", Header + "2026-01-02,a,30,3,3.00,restated\n2026-01-03,a,40,4,4.00,\n"), table);

        (await RowsAsync(store)).ShouldBe(["2026-01-01|a|10|1|1.00|", "2026-01-02|a|30|3|3.00|restated", "2026-01-03|a|40|4|4.00|"]);
    }

    [Fact]
    public async Task A_reject_says_what_is_wrong_and_comes_in_when_it_was_mended()
    {
        await using var store = await PreparedAsync();
        await LoadAsync(
            store,
            Write("a.csv", "Day;Campaign;Impressions;Clicks;Spend;Note\n31.01.2026;a;many;1;1,50;\n30.01.2026;b;1;2;0,50;x\n")
        );
        var rejects = new OpenRejects(store);
        var list = await rejects.ListAsync(10, 0, Cancellation);
        var wrong = list.Single(row => row.Rule == FileRule.WrongType);

        var row = (JsonObject)wrong.Row!;
        row["impressions"] = 12;
        (await rejects.MendAsync(wrong.Table, wrong.Key, row, Cancellation)).ShouldBeTrue();
        var replayed = await new FileTableLoad(store, GeneratedMetrics.Table, TimeProvider.System).ReplayAsync(Cancellation);

        wrong.Problem.ShouldBe("a.csv, line 2: impressions is 'many'; expected is a whole number");
        wrong.Key.ShouldBe("a.csv:2");
        list.Select(one => one.Rule).ShouldBe(["wrong_type", "clicks_above_impressions"], ignoreOrder: true);
        replayed.ShouldBe(1);
        (await RowsAsync(store)).ShouldBe(["2026-01-31|a|12|1|1.50|"]);
        (await rejects.ListAsync(10, 0, Cancellation)).Single().Key.ShouldBe("a.csv:3");
    }

    [Fact]
    public async Task Rejects_are_listed_of_all_tables_or_of_one()
    {
        await using var store = await PreparedAsync();
        await LoadAsync(
            store,
            Write("a.csv", "Day;Campaign;Impressions;Clicks;Spend;Note\n31.01.2026;a;many;1;1,50;\n30.01.2026;b;3;2;0,50;x\n")
        );

        var all = await new OpenRejects(store).ListAsync(10, 0, Cancellation);
        var own = await new OpenRejects(store) { Destination = GeneratedMetrics.Table.Name }.ListAsync(10, 0, Cancellation);
        var others = await new OpenRejects(store) { Destination = "books" }.ListAsync(10, 0, Cancellation);

        all.Count.ShouldBe(1);
        own.Select(reject => reject.Key).ShouldBe(all.Select(reject => reject.Key));
        others.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "Date,Campaign,Impressions,Clicks,Note\n",
        "the header lacks spend or cost; it has Date, Campaign, Impressions, Clicks, Note"
    )]
    [InlineData("Date,Day,Campaign,Impressions,Clicks,Spend,Note\n", "Date and Day are both day")]
    [InlineData("", "is empty")]
    [InlineData(Header + "01/02/2026,a,1,1,1.5,\n", "day is day/month/year or month/day/year in every row")]
    [InlineData(Header + "01/02/2026,a,1,1,1.5,\n31/01/2026,a,1,1,1.5,\n01/31/2026,a,1,1,1.5,\n", "write all of it in one")]
    [InlineData(
        "Date;Campaign;Impressions;Clicks;Spend;Note\n2026-01-01;a;1;1;1,234;\n",
        "may have a decimal comma or a comma between thousands"
    )]
    public async Task What_can_be_read_in_two_ways_or_not_at_all_is_refused_before_a_row_is_written(string text, string expected)
    {
        await using var store = await PreparedAsync();
        var good = Write("good.csv", Header + Lines(0, 3));

        var refusal = await Should.ThrowAsync<FileFormException>(() => LoadAsync(store, [good, Write("bad.csv", text)]));

        refusal.Message.ShouldContain(expected);
        (await CountAsync(store, "ad_metrics")).ShouldBe(0);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_ends_the_load_and_the_rows_before_stay_out()
    {
        await using var store = await PreparedAsync();
        var path = Write("a.csv", Header + Lines(0, 3) + "2026-01-01,\"a,1,1,1.5,\n" + Lines(3, 6));

        var failure = await Should.ThrowAsync<InvalidDataException>(() => LoadAsync(store, path));

        failure.Message.ShouldContain("never closed");
        (await CountAsync(store, "ad_metrics")).ShouldBe(0);
    }

    [Fact]
    public async Task A_file_with_too_many_rejects_is_refused()
    {
        await using var store = await PreparedAsync();
        var load = new FileTableLoad(store, GeneratedMetrics.Table, TimeProvider.System) { Bounds = new RejectBounds { Most = 1 } };

        var path = Write("a.csv", Header + Lines(0, 3) + "x\ny\n");
        var refusal = await Should.ThrowAsync<TooManyRejectsException>(() => load.RunAsync([path], Cancellation));

        refusal.Message.ShouldBe(
            "2 of the first 6 lines that were read of a.csv are no rows; at most 1 may be. What was committed before is in the store."
        );
    }

    [Fact]
    public async Task What_was_found_out_is_said()
    {
        await using var store = await PreparedAsync();
        var path = Path.Combine(folder.Path, "a.csv.gz");
        await using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(
                Encoding
                    .Unicode.GetPreamble()
                    .Concat(Encoding.Unicode.GetBytes("Day;Campaign;Impressions;Clicks;Cost;Note;Extra\n31.01.2026;ä;1;1;1,5;;\n"))
                    .ToArray()
            );
        }

        var result = await LoadAsync(store, path);

        result.Files[0].ReadAs.ShouldBe("UTF-16, semicolon, decimal comma, day as day.month.year");
        result.Files[0].Ignored.ShouldBe(["Extra"]);
        (await RowsAsync(store)).ShouldBe(["2026-01-31|ä|1|1|1.50|"]);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Lines(int from, int to) =>
        string.Concat(Enumerable.Range(from, to - from).Select(i => $"2026-01-{(i % 28) + 1:00},c{i},{i + 10},{i},{i}.25,\n"));

    private static Task<FileTableResult> LoadAsync(Store store, string path, FileTable? table = null) => LoadAsync(store, [path], table);

    private static Task<FileTableResult> LoadAsync(Store store, IEnumerable<string> paths, FileTable? table = null) =>
        new FileTableLoad(store, table ?? GeneratedMetrics.Table, TimeProvider.System).RunAsync(paths, Cancellation);

    private async Task<Store> PreparedAsync()
    {
        var store = await CreateStoreAsync();
        await new Migrator(store, [StorageMigrations.Set], TimeProvider.System).MigrateAsync(Cancellation);
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            "CREATE TABLE ad_metrics (day date NOT NULL, campaign text NOT NULL, impressions bigint NOT NULL, clicks bigint NOT NULL, spend decimal(12,2) NOT NULL, note text)",
            null,
            Cancellation
        );
        return store;
    }

    private static async Task ClearAsync(Store store)
    {
        await using var connection = await store.OpenAsync(Cancellation);
        await connection.ExecuteAsync("DELETE FROM ad_metrics; DELETE FROM rejects", null, Cancellation);
    }

    private static async Task<long> CountAsync(Store store, string table)
    {
        await using var connection = await store.OpenAsync(Cancellation);
        return await connection.ScalarAsync<long>($"SELECT count(*) FROM {table}", null, Cancellation);
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(Store store)
    {
        await using var connection = await store.OpenAsync(Cancellation);
        return await connection.ReadAsync(
            """
            SELECT CAST(day AS text) || '|' || campaign || '|' || CAST(impressions AS text) || '|' || CAST(clicks AS text) || '|' || CAST(spend AS text) || '|' || coalesce(note, '')
            FROM ad_metrics ORDER BY day, campaign
            """,
            row => row.GetString(0),
            Cancellation
        );
    }

    private static async Task<IReadOnlyList<long>> RejectedLinesAsync(Store store) =>
        [
            .. (await new OpenRejects(store).ListAsync(1_000_000, 0, Cancellation)).Select(row =>
                long.Parse(row.Key.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
            ),
        ];
}
