using System.Net;
using Tradepost.App.Tests.Hosting;
using Tradepost.Arguments;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Tests.Runs;

/// <summary>What a job's role holds against; RolesTests walks the table of roles.</summary>
public sealed class JobRightsTests
{
    private static readonly string[] SourceSettings = ["AUTH_DB_URL", "CATALOG_DB_URL", "ORDERS_DB_URL", "PAYMENTS_DB_URL"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_number_and_duration_among_the_arguments_of_jobs_has_a_least_and_a_most()
    {
        var open = Domains.Jobs.SelectMany(job =>
            ArgumentReader
                .Of(job.Arguments)
                .All.Where(argument =>
                    argument.Type == typeof(TimeSpan)
                    || Type.GetTypeCode(argument.Type) is TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double or TypeCode.Decimal
                )
                .Where(argument => !argument.Type.IsEnum && !argument.HasRange)
                .Select(argument => $"{job.Name} {argument.Key}")
        );

        open.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("AUTH_DB_URL")]
    [InlineData("PAYMENTS_DB_URL")]
    [InlineData(null)] // all four
    public async Task Nobody_writes_into_a_shop_that_the_settings_name_over_HTTP(string? only)
    {
        var sources = SourceSettings
            .Where(name => only is null || name == only)
            .ToDictionary(name => name, name => $"mysql://shop:secret@127.0.0.1:1/{name}");
        await using var world = await ApiWorld.StartAsync(more: sources);
        var token = (await world.SignInAsync(Role.Admin)).AccessToken;
        foreach (var arguments in new object[] { new { }, new { force = true }, new { advance = 1 }, new { scale = 2, force = true } })
        {
            foreach (
                var (method, path, body) in new (HttpMethod, string, object)[]
                {
                    (HttpMethod.Post, "/api/v1/jobs/retail.generate/runs", new { arguments }),
                    (
                        HttpMethod.Put,
                        "/api/v1/schedules/mine",
                        new
                        {
                            job = "retail.generate",
                            cron = "* * * * *",
                            arguments,
                        }
                    ),
                }
            )
            {
                var (response, answer) = await world.SendAsync(method, path, token, body);

                response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
                answer
                    .GetProperty("error")
                    .GetString()
                    .ShouldBe(
                        "The settings name the shop's databases, and retail.generate would write into them; that is done at the server's own command line."
                    );
            }
        }

        (await world.Jobs.Runs.ListAsync(new RunFilter(), Cancellation)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_whose_settings_name_a_shop_refuses_what_was_asked_for_where_they_do_not()
    {
        var sources = SourceSettings.ToDictionary(name => name, name => $"mysql://shop:secret@127.0.0.1:1/{name}");
        await using var world = await ApiWorld.StartAsync(runsJobs: true, more: sources);
        // As a server without these settings has let it into the queue.
        var job = world.Jobs.Catalogue.Get("retail.generate");
        var run = await world.Jobs.Runs.StartAsync(
            job,
            new Retail.Generation.GenerateOptions { Force = true },
            new Asker("admin@example.com", AskedHow.Api) { Role = AskerRole.Admin },
            null,
            Cancellation
        );

        var ended = await world.Jobs.Runs.WaitAsync(run.Id, Cancellation);

        ended.State.ShouldBe(RunState.Failed);
        ended.Error.ShouldStartWith("The settings name the shop's databases");
    }

    [Fact]
    public async Task A_refusal_says_who_may_and_which_argument_it_is_about()
    {
        await using var world = await ApiWorld.StartAsync();
        var (analyst, admin) = ((await world.SignInAsync(Role.Analyst)).AccessToken, (await world.SignInAsync(Role.Admin)).AccessToken);

        var (_, job) = await world.SendAsync(HttpMethod.Post, "/api/v1/jobs/retail.generate/runs", analyst, new { });
        var (_, argument) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/jobs/retail.etl/runs",
            analyst,
            new { arguments = new { max_deletes = 10.5 } }
        );
        var (_, nobody) = await world.SendAsync(
            HttpMethod.Post,
            "/api/v1/jobs/retail.generate/runs",
            admin,
            new { arguments = new { scale = 100_000 } }
        );

        job.GetProperty("error").GetString().ShouldBe("The role analyst may not run retail.generate; admin may.");
        argument.GetProperty("error").GetString().ShouldBe("The role analyst may not set max_deletes of retail.etl above 10; admin may.");
        argument.GetProperty("details").GetRawText().ShouldBe("""{"role":"analyst","allowed":["admin"],"field":"max_deletes"}""");
        nobody
            .GetProperty("error")
            .GetString()
            .ShouldBe("The role admin may not set scale of retail.generate above 100; that is done at the server's own command line.");
    }

    [Fact]
    public async Task The_list_of_jobs_says_who_may_run_them_and_give_which_argument()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Viewer)).AccessToken;

        var (_, list) = await world.GetAsync("/api/v1/jobs", token);

        var jobs = list.GetProperty("items").EnumerateArray().ToDictionary(job => job.GetProperty("name").GetString()!);
        jobs["retail.generate"].GetProperty("role").GetString().ShouldBe("admin");
        jobs["retail.etl"].GetProperty("role").GetString().ShouldBe("analyst");
        var scale = jobs["retail.generate"].GetProperty("arguments").GetProperty("properties").GetProperty("scale");
        (scale.GetProperty("x-role").GetString(), scale.GetProperty("x-free-up-to").GetDouble()).ShouldBe(("operator", 100.0));
        jobs["retail.generate"]
            .GetProperty("arguments")
            .GetProperty("properties")
            .GetProperty("force")
            .GetProperty("x-role")
            .GetString()
            .ShouldBe("admin");
    }

    [Fact]
    public async Task A_schedule_takes_the_same_rights_to_resume_as_to_set()
    {
        await using var world = await ApiWorld.StartAsync();
        var (analyst, admin) = ((await world.SignInAsync(Role.Analyst)).AccessToken, (await world.SignInAsync(Role.Admin)).AccessToken);
        await world.Jobs.Schedules.SetAsync(
            new NewSchedule
            {
                Name = "big",
                Job = "retail.generate",
                Cron = "* * * * *",
                Arguments = new() { ["scale"] = 200 },
                IsPaused = true,
            },
            new Asker("root", AskedHow.Cli),
            Cancellation
        );
        await world.SendAsync(
            HttpMethod.Put,
            "/api/v1/schedules/forced",
            admin,
            new
            {
                job = "retail.generate",
                cron = "* * * * *",
                arguments = new { force = true },
                is_paused = true,
            }
        );

        (await world.SendAsync(HttpMethod.Post, "/api/v1/schedules/forced/resume", analyst)).Response.StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await world.SendAsync(HttpMethod.Post, "/api/v1/schedules/big/resume", admin)).Response.StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        (await world.SendAsync(HttpMethod.Post, "/api/v1/schedules/forced/resume", admin)).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_the_program_keeps_for_itself_is_no_file_of_an_argument()
    {
        await using var world = await ApiWorld.StartAsync();
        var token = (await world.SignInAsync(Role.Admin)).AccessToken;

        foreach (var file in new[] { "tradepost.duckdb", "retail/auth.duckdb", "backups/b", "logs/l" })
        {
            (
                await world.SendAsync(
                    HttpMethod.Post,
                    "/api/v1/jobs/trading.import/runs",
                    token,
                    new { arguments = new { files = new[] { file } } }
                )
            ).Response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (
                await world.SendAsync(
                    HttpMethod.Post,
                    "/api/v1/jobs/trading.export/runs",
                    token,
                    new { arguments = new Dictionary<string, string> { ["out"] = file } }
                )
            ).Response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }
}
