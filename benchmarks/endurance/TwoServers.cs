using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>Two servers on one PostgreSQL: what one changes the other knows soon, both answer the same, and when one is killed the other ends its runs.</summary>
internal sealed class TwoServers(Bench bench, Site site)
{
    private const double MostSeconds = 5.5; // five, and what it takes to read and to ask
    private const int Queued = 40;
    private const string Other = "ben@example.com";
    private const string Query = "/api/v1/query?sql=SELECT%201";
    private const string Me = "/api/v1/auth/me";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseOfSignIns = TimeSpan.FromMilliseconds(400); // twenty a minute are allowed
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Paths =
    [
        "/api/v1/retail/kpi",
        "/api/v1/retail/period",
        "/api/v1/retail/sales?limit=100",
        "/api/v1/retail/loads",
        "/api/v1/runs?limit=100",
        "/api/v1/tables",
        "/api/v1/jobs",
        "/api/v1/users",
    ];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var one = await Server.StartAsync(site, cancellationToken);
        using var admin = await Visitor.EnterAsync(site, one, cancellationToken);
        using var two = await Server.StartAsync(site, cancellationToken);
        using var there = await Visitor.EnterAsync(site, two, cancellationToken);
        await ChangesAsync(admin, two, one, cancellationToken);
        await NewKeyAsync(one, there, cancellationToken);
        await SameAnswersAsync(admin, there, cancellationToken);
        await KilledAsync(one, there, cancellationToken);
    }

    private async Task ChangesAsync(Visitor admin, Server two, Server one, CancellationToken cancellationToken)
    {
        var added = await admin.SendAsync(
            HttpMethod.Post,
            "/api/v1/users",
            new
            {
                email = Other,
                role = "analyst",
                password = Visitor.Password,
            },
            cancellationToken
        );
        var id = added.GetProperty("user").GetProperty("id").GetString();
        using var ben = new Visitor(one);
        using var benThere = new Visitor(two);
        await ben.SignInAsync(Other, cancellationToken);
        benThere.Token = ben.Token;
        Add("user and session that are new, seconds", await UntilAsync(benThere, Query, HttpStatusCode.OK, cancellationToken));
        await admin.SendAsync(HttpMethod.Patch, $"/api/v1/users/{id}", new { role = "viewer" }, cancellationToken);
        Add("role that was changed, seconds", await UntilAsync(benThere, Query, HttpStatusCode.Forbidden, cancellationToken));
        await ben.SendAsync(HttpMethod.Post, "/api/v1/auth/revoke", null, cancellationToken);
        Add("sign-out, seconds", await UntilAsync(benThere, Me, HttpStatusCode.Unauthorized, cancellationToken));
    }

    /// <summary>Until the first server signs with the new key, and until the second takes what was signed with it.</summary>
    private async Task NewKeyAsync(Server one, Visitor there, CancellationToken cancellationToken)
    {
        using var visitor = await Visitor.EnterAsync(site, one, cancellationToken);
        var old = KeyOf(visitor.Token);
        await site.RunAsync(cancellationToken, "users", "keys", "rotate");
        var began = Stopwatch.GetTimestamp();
        while (KeyOf(visitor.Token) == old && Stopwatch.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(PauseOfSignIns, cancellationToken);
            await visitor.SignInAsync(Visitor.Email, cancellationToken);
        }

        Add("new key in use, seconds", Stopwatch.GetElapsedTime(began).TotalSeconds);
        var before = there.Token;
        there.Token = visitor.Token;
        Add("token of a new key, seconds", await UntilAsync(there, Me, HttpStatusCode.OK, cancellationToken));
        there.Token = before;
        var stillCounts = await there.StatusAsync(Me, cancellationToken) == HttpStatusCode.OK;
        bench.Findings.Add(Finding.AtMost("two servers: tokens of the key before that do not count any more", stillCounts ? 0 : 1, 0));
    }

    private async Task SameAnswersAsync(Visitor one, Visitor two, CancellationToken cancellationToken)
    {
        var differing = new List<string>();
        foreach (var path in Paths)
        {
            var here = await one.GetAsync(path, cancellationToken);
            var there = await two.GetAsync(path, cancellationToken);
            if (here.GetRawText() != there.GetRawText())
            {
                differing.Add(path);
            }
        }

        bench.Findings.Add(Finding.AtMost($"two servers: answers that differ, of {Paths.Length}", differing.Count, 0));
        if (differing.Count > 0)
        {
            bench.Notes.Add($"Two servers answered differently: {string.Join(", ", differing)}.");
        }
    }

    private async Task KilledAsync(Server one, Visitor there, CancellationToken cancellationToken)
    {
        var runs = new List<string> { await there.StartRunAsync("retail.etl", new { mode = "full" }, cancellationToken) };
        var began = 0L;
        for (var i = 1; i < Queued; i++)
        {
            runs.Add(await there.StartRunAsync("retail.kpi", new { }, cancellationToken));
            if (i == Queued / 2)
            {
                one.Kill();
                began = Stopwatch.GetTimestamp();
            }
        }

        var ended = new List<JsonElement>();
        foreach (var run in runs)
        {
            var end = there.UntilAsync(run, Visitor.HasEnded, cancellationToken);
            ended.Add(await end.WaitAsync(Patience, cancellationToken));
        }

        bench.Findings.Add(
            Finding.Figure(
                $"two servers: seconds from kill -9 of one until {Queued} runs have ended",
                Stopwatch.GetElapsedTime(began).TotalSeconds
            )
        );
        bench.Findings.Add(
            Finding.AtMost(
                "two servers: runs that did not succeed after kill -9 of one",
                ended.Count(run => Visitor.StateOf(run) != "succeeded"),
                0
            )
        );
        bench.Findings.Add(
            Finding.Figure("two servers: runs that were taken over", ended.Count(run => run.GetProperty("attempt").GetInt32() > 1))
        );
        bench.Findings.Add(
            Finding.AtMost(
                "two servers: runs with more than two attempts",
                ended.Count(run => run.GetProperty("attempt").GetInt32() > 2),
                0
            )
        );
    }

    private static async Task<double> UntilAsync(Visitor visitor, string path, HttpStatusCode status, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (await visitor.StatusAsync(path, cancellationToken) != status && Stopwatch.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Pause, cancellationToken);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private void Add(string what, double seconds) => bench.Findings.Add(Finding.AtMost($"two servers: {what}", seconds, MostSeconds));

    private static string KeyOf(string token) => token[..token.IndexOf('.', StringComparison.Ordinal)];
}
