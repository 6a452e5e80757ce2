using System.Collections.Concurrent;
using System.CommandLine;
using System.Text.RegularExpressions;
using Tradepost.Serving.Commands;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Remote;

/// <summary>Every command gives the same with a server on the embedded store as without.</summary>
public sealed partial class ServedCommandsTests : IDisposable
{
    /// <summary>Calls in an order that makes sense; the first words of each are the command.</summary>
    private static readonly string[][] Calls =
    [
        ["db", "setup"],
        ["db", "status"],
        ["db", "status", "--json"],
        ["db", "migrate"],
        ["db", "migrate", "--dry-run"],
        ["retail", "generate", "--until", "2026-01-01"],
        ["retail", "etl", "--mode", "full", "--json"],
        ["retail", "etl", "--mapping", "missing.yaml"],
        ["jobs", "run", "retail.kpi", "--by", "category"],
        ["retail", "kpi", "--by", "month"],
        ["retail", "forecast", "--until", "2026-01-01", "--changepoint-prior-scale", "1"],
        ["jobs", "run", "retail.forecast", "--until", "2026-01-01"],
        ["retail", "forecast", "--horizon", "0"],
        ["models", "list"],
        ["models", "list", "--json"],
        ["models", "promote", "Prophet_daily_revenue", "2", "--force", "--reason", "to see"],
        ["models", "promote", "Prophet_daily_revenue", "2"],
        ["models", "promote", "Prophet_daily_revenue", "two"],
        ["models", "show", "Prophet_daily_revenue"],
        ["models", "rollback", "Prophet_daily_revenue", "--json"],
        ["models", "rollback", "Prophet_daily_revenue"],
        ["models", "promote", "Prophet_daily_revenue", "2", "--json"],
        ["models", "show", "nothing"],
        ["trading", "coverage", "--day", "2024-08-08"],
        ["trading", "candles", "AAA_1h.csv"],
        ["trading", "candles", "missing.csv"],
        ["trading", "features", "--json"],
        ["trading", "features", "--list"],
        ["trading", "train", "--symbols", "AAA"],
        ["trading", "predict"],
        ["marketplace", "load", "listings.csv"],
        ["marketplace", "load", "listings.csv", "--dry-run"],
        ["marketplace", "monitor"],
        ["marketplace", "check"],
        ["marketplace", "release", "1", "2026-01-05", "--reason", "seen"],
        ["marketplace", "confirm", "1", "2026-01-05", "--reason", "seen"],
        ["marketplace", "sales"],
        ["marketplace", "backtest"],
        ["marketplace", "export", "--table", "products", "--out", "products.csv"],
        ["ads", "load", "campaigns.csv"],
        ["ads", "load", "campaigns.csv", "--dry-run"],
        ["ads", "erase", "user-17"],
        ["retail", "replay-rejects"],
        ["retail", "erase", "--customer", "999999"],
        ["jobs", "run", "retail.erase", "--email", "nobody@example.com"],
        ["jobs", "run", "jobs.backfill"],
        ["jobs", "runs"],
        ["jobs", "runs", "--json"],
        ["jobs", "show", "{run}"],
        ["jobs", "show", "00000000-0000-0000-0000-000000000000"],
        ["jobs", "logs", "{run}"],
        ["jobs", "cancel", "{run}"],
        ["jobs", "retry", "{run}"],
        ["jobs", "backfill", "retail.etl", "--from", "2025-01-01", "--to", "2025-01-03", "--dry-run"],
        ["jobs", "backfill", "retail.etl", "--from", "2025-01-01", "--to", "2025-01-01", "--arguments", """{"mapping": "missing.yaml"}"""],
        ["jobs", "show", Run],
        ["schedules", "set", "nightly", "--cron", "0 2 * * *", "--job", "retail.etl", "--mode", "full"],
        ["schedules", "list"],
        ["schedules", "show", "nightly"],
        ["schedules", "pause", "nightly"],
        ["schedules", "resume", "nightly"],
        ["schedules", "remove", "nightly"],
        ["alerts", "set", "failures", "--kind", "failed", "--url", "@hook.txt"],
        ["alerts", "rules"],
        ["alerts", "list"],
        ["alerts", "remove", "failures"],
        ["jobs", "list"],
        ["db", "query", "SELECT order_status, count(*), sum(net) FROM fact_sales GROUP BY 1 ORDER BY 1"],
        ["db", "query", "SELECT 1 AS one", "--json"],
        ["db", "query", "SELECT nothing"],
        ["db", "query", "DROP TABLE fact_sales", "--json"],
        ["db", "query", "SELECT * FROM range(10)", "--limit", "0"],
        ["db", "backup", "here.backup"],
        ["db", "backup", "here.backup"],
        ["users", "add", "ada@example.com", "--role", "admin", "--password-stdin"],
        ["users", "add", "ada@example.com", "--role", "viewer", "--password-stdin"],
        ["users", "add", "bob@example.com", "--role", "owner"],
        ["users", "role", "ada@example.com", "--role", "viewer"],
        ["users", "list"],
        ["users", "password", "ada@example.com", "--password-stdin"],
        ["users", "disable", "ada@example.com"],
        ["users", "enable", "ada@example.com"],
        ["users", "list", "--json"],
        ["doctor"],
    ];

    /// <summary>What is not done by the server, shows what only a server has (its keys), or takes long and is made of the commands above.</summary>
    private static readonly string[] Left =
    [
        "users keys list",
        "users keys rotate",
        "serve",
        "worker",
        "demo",
        "forecast",
        "detect",
        "fit",
        "score",
        "allocate",
        "trading collect",
        "trading replay",
        "trading import",
        "trading export",
        "trading drain",
        "trading simulate",
        "jobs run trading.simulate",
        "jobs run trading.candles",
        "jobs run trading.features",
        "jobs run trading.train",
        "jobs run trading.predict",
        "marketplace simulate",
        "ads sync",
        "ads replay-server",
        "jobs run ads.load",
        "jobs run ads.sync",
        "jobs run ads.erase",
        "jobs run marketplace.load",
        "jobs run marketplace.monitor",
        "jobs run marketplace.check",
        "jobs run marketplace.sales",
        "jobs run marketplace.backtest",
        "jobs run marketplace.export",
        "jobs run marketplace.simulate",
        "jobs run trading.import",
        "jobs run trading.export",
        "jobs run trading.drain",
        "jobs run trading.coverage",
        "clicks train",
        "clicks score",
        "clicks evaluate",
        "retail verify",
        "db restore",
        "jobs run retail.generate",
        "jobs run retail.etl",
        "jobs run retail.verify",
        "jobs run retail.replay-rejects",
    ];

    private const string Run = "{run}";

    private const string Password = "four words make one\n";

    private readonly TemporaryFolder direct = new();
    private readonly TemporaryFolder served = new();

    /// <summary>The id that a folder's last command that showed one began with.</summary>
    private readonly ConcurrentDictionary<TemporaryFolder, string> latest = new();

    [Fact]
    public async Task Every_command_gives_the_same_through_a_server()
    {
        Directory.CreateDirectory(direct.Combine("calls"));
        Directory.CreateDirectory(served.Combine("calls"));
        await using var server = await RunningServer.StartAsync(new TradepostProcess(served.Path));
        // A server brings the tables up to date when it starts; so that there is the same to do for both:
        await new TradepostProcess(direct.Path).RunAsync("db", "setup");

        foreach (var folder in new[] { direct, served })
        {
            folder.Write("calls/hook.txt", "https://hooks.example.org/hook");
            folder.Write("calls/campaigns.csv", "Day,Campaign,Impressions,Cost\n2026-01-05,Spring,100,1.50\n");
            folder.Write("calls/listings.csv", "sku,title,price,reviews,date\n1,Soap,990,12,2026-01-05\n2,Scent,1990,3,2026-01-05\n");
            folder.Write(
                "calls/AAA_1h.csv",
                "unix,open,high,low,close,volume\n1704067200,10,12,9,11,5\n1704070800,11,12,10,10,6\n1704074400,10,11,10,11,2\n"
            );
        }

        foreach (var call in Calls)
        {
            var running = RunAsync(direct, call);
            var actual = await RunAsync(served, call);
            var expected = await running;
            var same = actual.AsSpan().CommonPrefixLength(expected);

            actual.ShouldBe(expected, $"{string.Join(' ', call)}: {Around(actual, same)} in place of {Around(expected, same)}");
        }

        File.Exists(served.Combine("calls", "here.backup")).ShouldBeTrue();
        (await server.StopAsync()).ExitCode.ShouldBe(130);
        Directory.EnumerateFiles(served.Combine("data"), "*.sock*").ShouldBeEmpty();
    }

    [Fact]
    public void No_command_is_left_out()
    {
        var commands = Leaves(CommandTree.Root, []).Select(path => string.Join(' ', path)).ToList();

        commands
            .Where(command =>
                !Left.Contains(command) && !Calls.Any(call => string.Join(' ', call).StartsWith(command, StringComparison.Ordinal))
            )
            .ShouldBeEmpty("each command is called through a server in this test");
    }

    public void Dispose()
    {
        direct.Dispose();
        served.Dispose();
    }

    private static IEnumerable<IReadOnlyList<string>> Leaves(Command command, IReadOnlyList<string> path) =>
        command is HandledCommand ? [path] : command.Subcommands.SelectMany(inner => Leaves(inner, [.. path, inner.Name]));

    private async Task<string> RunAsync(TemporaryFolder folder, string[] call)
    {
        // Elsewhere than the server, and with other settings and another terminal than it.
        var program = new TradepostProcess(folder.Combine("calls"))
        {
            Environment = { ["TRADEPOST_DATA"] = "../data", ["COLUMNS"] = "70" },
        };
        var arguments = call.Contains(Run) ? [.. call.Select(word => word == Run ? latest[folder] : word)] : call;
        using var process = program.StartWithInput(arguments);
        await process.StandardInput.WriteAsync(Password);
        process.StandardInput.Close();
        var result = await TradepostProcess.FinishAsync(process);
        latest[folder] = Id().Matches(result.Output).Select(match => match.Value).FirstOrDefault() ?? latest.GetValueOrDefault(folder, "");
        return $"{result.ExitCode}\n{Normal(result.Output, folder)}\n{Normal(result.Errors, folder)}";
    }

    private static string Around(string text, int place) => text[Math.Max(0, place - 200)..Math.Min(text.Length, place + 200)];

    // What differs from run to run: places, times, ids, how long it took, sums over such; and what a server keeps for itself.
    private static string Normal(string text, TemporaryFolder folder)
    {
        var plain = text.Replace(folder.Path, "FOLDER", StringComparison.Ordinal);
        plain = Moment().Replace(plain, "MOMENT");
        plain = Id().Replace(plain, "ID");
        plain = OfServer().Replace(plain, "");
        plain = Measured().Replace(plain, "MEASURED");
        return Gap().Replace(plain, " ");
    }

    [GeneratedRegex(@"(\d{4}-)?\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Moment();

    [GeneratedRegex(
        @"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f]{1,4}…|(?<=:)\d+(?="",""is_ended)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Id();

    [GeneratedRegex(
        @"^(job_|user_|audit_)\w+ +[\d,]+ +[0-9a-f]{30,}…?\n|(?<= )[0-9a-f]{30,}…?$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex OfServer();

    [GeneratedRegex(
        @"\d[\d,]*(\.\d+)?\s+(s|ms|MB|GB)\b|""\w*seconds"":\{[^}]*\}|""\w*(seconds|bytes)"":[\d.E-]+|\d+\.\d+ (milli)?seconds|\d+\.\d{3,}(E-\d+)?",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Measured();

    [GeneratedRegex(@"[ ─]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gap();
}
