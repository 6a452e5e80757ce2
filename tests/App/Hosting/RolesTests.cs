using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Callers;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

/// <summary>The table of docs/api.md is what is tested: each route, each role, and nobody.</summary>
public sealed partial class RolesTests
{
    private static readonly string[] Columns = ["nobody", "viewer", "analyst", "admin"];

    private static readonly Dictionary<string, bool[]> Table = File.ReadLines(RepositoryRoot.Combine("docs", "api.md"))
        .Select(line => Row().Match(line))
        .Where(match => match.Success)
        .ToDictionary(
            match => match.Groups["route"].Value,
            match => match.Groups["cell"].Captures.Select(cell => cell.Value == "yes").ToArray()
        );

    private static readonly Dictionary<string, bool[]> JobTable = File.ReadLines(RepositoryRoot.Combine("docs", "api.md"))
        .Select(line => JobRow().Match(line))
        .Where(match => match.Success)
        .ToDictionary(
            match => match.Groups["job"].Value,
            match => match.Groups["cell"].Captures.Select(cell => cell.Value == "yes").ToArray()
        );

    [Fact]
    public async Task Every_route_is_in_the_table_and_nothing_else_is()
    {
        await using var world = await ApiWorld.StartAsync();

        Table.Keys.ShouldBe(world.Routes.Select(Name), ignoreOrder: true);
    }

    [Fact]
    public async Task Every_role_may_do_what_the_table_says_and_no_more()
    {
        await using var world = await ApiWorld.StartAsync();
        foreach (var role in Enum.GetValues<Role>())
        {
            await world.SignInAsync(role);
        }

        var wrong = new List<string>();
        foreach (var (method, endpoint) in world.Routes)
        {
            var allowed = Table[Name((method, endpoint))];
            for (var i = 0; i < Columns.Length; i++)
            {
                // A session for each request: some of them end it.
                var token = i == 0 ? null : (await world.TokenAsync($"{Columns[i]}@example.com", ApiWorld.Password)).Tokens!.AccessToken;
                var (response, _) = await world.SendAsync(
                    new HttpMethod(method),
                    Path(endpoint),
                    token,
                    method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json")
                );
                var isRefused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                var isRightly = isRefused && response.StatusCode == (i == 0 ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden);
                if (allowed[i] ? isRefused : !isRightly)
                {
                    wrong.Add(
                        $"{method} {Path(endpoint)} as {Columns[i]}: {(int)response.StatusCode}, by the table {(allowed[i] ? "allowed" : "refused")}"
                    );
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_job_and_every_reserved_argument_is_in_the_table_and_nothing_else_is()
    {
        await using var world = await ApiWorld.StartAsync();

        JobTable.Keys.ShouldBe(
            world.Jobs.Catalogue.All.SelectMany(job =>
                JobRights.Reserved(job).Select(pair => Row(job, pair.Argument)).Prepend(Row(job, null))
            ),
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Every_role_may_run_what_the_table_says_and_no_more_by_every_way_in()
    {
        await using var world = await ApiWorld.StartAsync();
        var tokens = new List<string?> { null };
        foreach (var role in new[] { Role.Viewer, Role.Analyst, Role.Admin })
        {
            tokens.Add((await world.SignInAsync(role)).AccessToken);
        }

        var wrong = new List<string>();
        foreach (var job in world.Jobs.Catalogue.All)
        {
            foreach (var argument in JobRights.Reserved(job).Select(pair => (DescribedArgument?)pair.Argument).Prepend(null))
            {
                var arguments = Arguments(job, argument);
                var failed = await FailedAsync(world, job, arguments);
                for (var i = 0; i < Columns.Length; i++)
                {
                    foreach (var (method, path, body) in WaysIn(job, arguments, failed))
                    {
                        var (response, _) = await world.SendAsync(method, path, tokens[i], body);
                        var isRefused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                        if (JobTable[Row(job, argument)][i] == isRefused || response.StatusCode == HttpStatusCode.UnprocessableEntity)
                        {
                            wrong.Add($"{Row(job, argument)} by {method} {path} as {Columns[i]}: {(int)response.StatusCode}");
                        }
                    }
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>A run that somebody at the machine started with these arguments, to be repeated by others.</summary>
    private static async Task<Guid> FailedAsync(ApiWorld world, JobDefinition job, JsonObject arguments)
    {
        var active = await world.Jobs.Runs.ListAsync(new RunFilter { State = RunState.Queued }, TestContext.Current.CancellationToken);
        foreach (var run in active.Items)
        {
            await world.Jobs.Runs.CancelAsync(run.Id, "test", TestContext.Current.CancellationToken);
        }

        // What he names lies where the others may name it as well.
        var inside = arguments.ToJsonString().Replace("quotes.csv", $"{world.Data}/quotes.csv", StringComparison.Ordinal);
        var started = await world.Jobs.Runs.StartAsync(
            job.Name,
            JsonElement.Parse(inside),
            new Asker("root", AskedHow.Cli),
            null,
            TestContext.Current.CancellationToken
        );
        return (await world.Jobs.Runs.CancelAsync(started.Id, "test", TestContext.Current.CancellationToken)).Id;
    }

    private static IEnumerable<(HttpMethod Method, string Path, object? Body)> WaysIn(JobDefinition job, JsonObject arguments, Guid failed)
    {
        yield return (HttpMethod.Post, $"/api/v1/jobs/{job.Name}/runs", new { arguments });
        yield return (
            HttpMethod.Put,
            "/api/v1/schedules/mine",
            new
            {
                job = job.Name,
                cron = "0 1 1 1 *",
                arguments,
            }
        );
        yield return (HttpMethod.Post, $"/api/v1/runs/{failed}/retry", null);
        if (job.Interval is not null)
        {
            yield return (
                HttpMethod.Post,
                $"/api/v1/jobs/{job.Name}/backfill",
                new
                {
                    from = "2026-01-01",
                    to = "2026-01-02",
                    arguments,
                }
            );
            yield return (
                HttpMethod.Post,
                "/api/v1/jobs/jobs.backfill/runs",
                new
                {
                    arguments = new
                    {
                        job = job.Name,
                        from = "2026-01-01",
                        to = "2026-01-02",
                        arguments = arguments.ToJsonString(),
                    },
                }
            );
        }
    }

    /// <summary>What the job needs, and for the argument a value that is reserved.</summary>
    private static JsonObject Arguments(JobDefinition job, DescribedArgument? reserved)
    {
        var arguments =
            job.Name == "jobs.backfill"
                ? new JsonObject
                {
                    ["job"] = "retail.etl",
                    ["from"] = "2026-01-01",
                    ["to"] = "2026-01-02",
                }
                : [];
        foreach (
            var needed in ArgumentReader
                .Of(job.Arguments)
                .All.Where(argument => argument.IsRequired && !arguments.ContainsKey(argument.Key))
        )
        {
            arguments[needed.Key] =
                needed.IsList ? new JsonArray("quotes.csv")
                : needed.Type == typeof(string) ? "quotes.csv"
                : "2026-01-01";
        }

        if (reserved is not null)
        {
            arguments[reserved.Key] = reserved.IsFlag ? JsonValue.Create(true) : JsonValue.Create((int)FreeUpTo(reserved)!.Value + 1);
        }

        return arguments;
    }

    private static string Row(JobDefinition job, DescribedArgument? argument) =>
        argument is null
            ? job.Name
            : FormattableString.Invariant($"{job.Name} {argument.Key}{(FreeUpTo(argument) is { } most ? $" above {most}" : "")}");

    private static double? FreeUpTo(DescribedArgument argument) => argument.Find<ReservedAttribute>()!.FreeUpTo;

    private static string Name((string Method, RouteEndpoint Endpoint) route) =>
        $"{route.Method} {Constraint().Replace("/" + route.Endpoint.RoutePattern.RawText!.Trim('/'), "")}";

    private static string Path(RouteEndpoint endpoint) =>
        Parameter()
            .Replace("/" + endpoint.RoutePattern.RawText!.Trim('/'), match =>
                match.Value.Contains("guid") ? Guid.Empty.ToString() : "nothing"
            );

    [GeneratedRegex(
        @"^\| (?<route>(GET|POST|PUT|PATCH|DELETE) [^ |]+) \|( (?<cell>yes|no) \|){4}$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| run (?<job>[^|]+?) \|( (?<cell>yes|no) \|){4}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex JobRow();

    [GeneratedRegex(":[a-z]+(?=})", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();

    [GeneratedRegex("{[^}]+}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
