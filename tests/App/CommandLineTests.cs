using System.Diagnostics;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task Without_a_command_it_shows_the_commands_by_domain()
    {
        var result = await Tradepost.RunAsync();

        result.ExitCode.ShouldBe(0);
        result.Output.ShouldContain("retail etl");
        result.Output.ShouldBe((await Tradepost.RunAsync("--help")).Output);
    }

    [Theory]
    [InlineData("There is no command 'retial'. Did you mean 'retail'?", "retial", "etl")]
    [InlineData("There is no command 'elt' in 'tradepost retail'. Did you mean 'etl'?", "retail", "elt")]
    [InlineData("There is no job 'retail.elt'. Did you mean 'retail.etl'?", "jobs", "run", "retail.elt")]
    [InlineData("There is no option '--mod' for 'tradepost retail etl'. Did you mean '--mode'?", "retail", "etl", "--mod", "full")]
    [InlineData("--mode is \"fast\"; allowed are full, incremental.", "retail", "etl", "--mode", "fast")]
    [InlineData("'tradepost retail etl' does not take 'now'. `tradepost retail etl --help` shows what it takes.", "retail", "etl", "now")]
    public async Task Wrong_usage_is_one_sentence_and_exit_code_2(string sentence, params string[] arguments)
    {
        var result = await Tradepost.RunAsync(arguments);

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldBe(sentence + "\n");
        result.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_JSON_an_error_is_one_document_too()
    {
        var result = await Tradepost.RunAsync("retail", "etl", "--mode", "fast", "--json");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldBeEmpty();
        var json = result.Json();
        json.GetProperty("status").GetString().ShouldBe("error");
        json.GetProperty("error").GetString().ShouldBe("--mode is \"fast\"; allowed are full, incremental.");
        json.GetProperty("timestamp").GetDateTime().Kind.ShouldBe(DateTimeKind.Utc);
        json.GetProperty("details").GetProperty("field").GetString().ShouldBe("--mode");
        json.GetProperty("details").GetProperty("allowed").EnumerateArray().Select(e => e.GetString()).ShouldBe(["full", "incremental"]);
    }

    [Fact]
    public async Task A_source_that_cannot_be_reached_is_exit_code_3()
    {
        var result = await Tradepost.RunAsync("retail", "etl", "--mode", "full");

        result.ExitCode.ShouldBe(3);
        result.Errors.ShouldContain("payments.duckdb: there is no such file");
    }

    [Fact]
    public async Task The_jobs_are_listed_with_the_schema_of_their_arguments()
    {
        var items = (await Tradepost.RunJsonAsync("jobs", "list")).GetProperty("items").EnumerateArray().ToList();

        var etl = items.Single(item => item.GetProperty("name").GetString() == "retail.etl");
        etl.GetProperty("description").GetString().ShouldNotBeEmpty();
        etl.GetProperty("arguments")
            .GetProperty("properties")
            .GetProperty("mode")
            .GetProperty("enum")
            .EnumerateArray()
            .Select(value => value.GetString())
            .ShouldBe(["full", "incremental"]);
    }

    [Fact]
    public async Task A_domains_command_and_its_job_are_the_same()
    {
        (await Tradepost.RunAsync("retail", "generate", "--seed", "7")).ExitCode.ShouldBe(0);

        var first = await Tradepost.RunJsonAsync("retail", "etl", "--mode", "full");
        var second = await Tradepost.RunJsonAsync("jobs", "run", "retail.etl", "--mode", "full");

        second.GetProperty("rows_read").GetInt64().ShouldBe(first.GetProperty("rows_read").GetInt64());
        second.GetProperty("differing").GetInt64().ShouldBe(0);
        second.GetProperty("tables").GetProperty("fact_sales").GetProperty("changed").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Redirected_output_has_no_escape_sequences_and_nothing_is_cut()
    {
        var tradepost = Tradepost;
        (await tradepost.RunAsync("retail", "generate")).ExitCode.ShouldBe(0);
        (await tradepost.RunAsync("retail", "etl", "--mode", "full")).Output.ShouldNotContain('\u001b');
        tradepost.Environment["COLUMNS"] = "80";

        var result = await tradepost.RunAsync("retail", "kpi");

        result.Output.ShouldNotContain('\u001b');
        result.Errors.ShouldBeEmpty();
        result.Output.ShouldNotContain("…");
        result.Output.ShouldContain("Київська");
    }

    [Theory]
    [InlineData("DATABASE_URL", "postgresql://app:s3cr3t-w0rd@127.0.0.1:1/shop?sslmode=nonsense")]
    [InlineData("DATABASE_URL", "postgresql://app:s3cr3t-w0rd@127.0.0.1:1/shop?connect_timeout=1")]
    [InlineData("DATABASE_URL", "Host=127.0.0.1;Port=1;Username=app;Password=s3cr3t-w0rd;Database=shop;Nonsense=1")]
    [InlineData("PAYMENTS_DB_URL", "mysql://app:s3cr3t-w0rd@127.0.0.1:1/shop?sslmode=disable")]
    [InlineData("PAYMENTS_DB_URL", "mysql//app:s3cr3t-w0rd@127.0.0.1")]
    public async Task A_password_is_never_shown(string setting, string value)
    {
        var tradepost = Tradepost;
        tradepost.Environment[setting] = value;
        foreach (var debug in new[] { "0", "1" })
        {
            tradepost.Environment["TRADEPOST_DEBUG"] = debug;

            var plain = await tradepost.RunAsync("retail", "etl", "--mode", "full");
            var json = await tradepost.RunAsync("retail", "etl", "--mode", "full", "--json");

            plain.ExitCode.ShouldBeOneOf(1, 2, 3);
            (plain.Output + plain.Errors + json.Output + json.Errors).ShouldNotContain("s3cr3t");
            Directory
                .GetFiles(folder.Path, "*.log", SearchOption.AllDirectories)
                .ShouldAllBe(file => !File.ReadAllText(file).Contains("s3cr3t"));
        }
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_the_job_cleanly_with_exit_code_130(string signal)
    {
        using var watcher = new FileSystemWatcher(folder.Path) { IncludeSubdirectories = true };
        var started = new TaskCompletionSource();
        watcher.Created += (_, created) =>
        {
            if (created.FullPath.Contains(".duckdb"))
            {
                started.TrySetResult();
            }
        };
        watcher.EnableRaisingEvents = true;
        using var process = Tradepost.Start("retail", "generate", "--scale", "50000");
        await Task.WhenAny(started.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken));

        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString()]);
        var result = await TradepostProcess.FinishAsync(process);

        result.ShouldBe(new TradepostResult(130, "", "Stopped.\n"));
    }

    [Fact]
    public async Task A_bad_setting_names_itself()
    {
        var tradepost = Tradepost;
        tradepost.Environment["DATABASE_URL"] = "mongodb://localhost";

        var result = await tradepost.RunAsync("retail", "kpi", "--json");

        result.ExitCode.ShouldBe(2);
        result.Json().GetProperty("details").GetProperty("setting").GetString().ShouldBe("DATABASE_URL");
    }

    [Fact]
    public async Task The_data_folder_can_be_named()
    {
        (await Tradepost.RunAsync("retail", "generate", "--data", "elsewhere")).ExitCode.ShouldBe(0);

        File.Exists(folder.Combine("elsewhere", "retail", "orders.duckdb")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_version_is_a_number()
    {
        Version.TryParse((await Tradepost.RunJsonAsync("--version")).GetProperty("version").GetString(), out _).ShouldBeTrue();
    }

    public void Dispose() => folder.Dispose();
}
