using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using Tradepost.Serving.Callers;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

/// <summary>Clients that others' generators make of the API's description: they compile, and ten calls of each do what they say.</summary>
public sealed partial class GeneratedClientsTests
{
    /// <summary>The calls, as somebody writes them against NSwag's client.</summary>
    private const string Calls = """
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Text.Json;
        using System.Threading.Tasks;
        using Generated;

        public static class Calls
        {
            public static async Task<string> RunAsync(HttpClient http)
            {
                var api = new TradepostClient(http);
                var me = await api.GetAuthMeAsync();
                var jobs = await api.GetJobsAsync();
                var started = await api.PostJobsByJobRunsAsync(
                    "retail.generate",
                    null,
                    new RunStart { Arguments = new Dictionary<string, object> { ["seed"] = 7, ["scale"] = 1 } }
                );
                Run run;
                do
                {
                    run = await api.GetRunsByIdAsync(started.Id);
                }
                while (run.State is RunState.Queued or RunState.Running);
                var runs = await api.GetRunsAsync("retail.generate", RunState.Succeeded, null, 5, null);
                var log = await api.GetRunsByIdLogsAsync(started.Id, null, 10, null);
                var rows = await api.GetQueryAsync("SELECT 9007199254740993 AS big, 2 AS two", null, null);
                var schedule = await api.PutSchedulesByNameAsync(
                    "made",
                    new ScheduleChange
                    {
                        Job = "retail.etl",
                        Cron = "0 2 * * *",
                        Time_zone = "Europe/Kyiv",
                        Misfire = MisfirePolicy.Skip,
                        Overlap = OverlapPolicy.Queue,
                        Is_paused = true,
                        Arguments = new Dictionary<string, object> { ["mode"] = "incremental", ["days"] = 3 },
                    }
                );
                var tables = await api.GetTablesAsync();
                var ready = await api.GetHealthReadyAsync();
                return JsonSerializer.Serialize(new
                {
                    email = me.Email,
                    jobs = jobs.Items.Any(job => job.Name == "retail.etl"),
                    seed = run.Arguments["seed"],
                    state = run.State.ToString().ToLowerInvariant(),
                    runs = runs.Items.Count,
                    logged = log.Items.Count > 0,
                    row = rows.Rows.First(),
                    days = schedule.Arguments["days"],
                    tables = tables.Items.Count > 0,
                    ready = ready.Status,
                });
            }
        }
        """;

    private const string Expected =
        """{"email":"admin@example.com","jobs":true,"seed":7,"state":"succeeded","runs":1,"logged":true,"row":["9007199254740993",2],"days":3,"tables":true,"ready":"ready"}""";

    private static readonly string Home = RepositoryRoot.Combine("tests/clients");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NSwag_makes_a_client_that_works()
    {
        await using var world = await ApiWorld.StartAsync(runsJobs: true);
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;
        var document = await OpenApiDocument.FromJsonAsync(await DescriptionAsync(world), Cancellation);
        var client = new CSharpClientGenerator(
            document,
            new CSharpClientGeneratorSettings
            {
                ClassName = "TradepostClient",
                CSharpGeneratorSettings = { Namespace = "Generated", JsonLibrary = CSharpJsonLibrary.SystemTextJson },
            }
        ).GenerateFile();
        using var http = new HttpClient { BaseAddress = world.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", admin);

        var calls = Compile(client, Calls).GetType("Calls", throwOnError: true)!.GetMethod("RunAsync")!; // as written above

        (await (Task<string>)calls.Invoke(null, [http])!).ShouldBe(Expected);
    }

    [Fact]
    public async Task OpenAPI_TypeScript_makes_types_that_fit()
    {
        await using var world = await ApiWorld.StartAsync(runsJobs: true);
        var admin = (await world.SignInAsync(Role.Admin)).AccessToken;
        using var folder = new TemporaryFolder();

        await CompileTypeScriptAsync(world, folder, await File.ReadAllTextAsync(Path.Combine(Home, "calls.ts"), Cancellation));
        var said = await Commands.RunAsync("node", [folder.Combine("out/calls.js"), world.Address.ToString().TrimEnd('/'), admin]);

        JsonElement.DeepEquals(JsonElement.Parse(said), JsonElement.Parse(Expected)).ShouldBeTrue(said);
    }

    /// <summary>The call of the case, as it is written there, with the types of openapi-typescript.</summary>
    [Fact]
    public async Task Arguments_of_a_run_can_be_typed()
    {
        var command = await File.ReadAllTextAsync(SharedData.Path("cases/openapi-arguments-never/command.txt"), Cancellation);
        var post = PostOf().Match(command);
        post.Success.ShouldBeTrue(command);
        await using var world = await ApiWorld.StartAsync();
        using var folder = new TemporaryFolder();

        await CompileTypeScriptAsync(
            world,
            folder,
            $$$"""
            import createClient from 'openapi-fetch'
            import type { paths } from './api.js'
            const api = createClient<paths>({ baseUrl: 'http://127.0.0.1' })
            export const call = () => api.POST('{{{post.Groups["path"]}}}', { params: { path: { job: 'retail.kpi' } }, body: {{{post.Groups[
                "body"
            ]}}} })
            """
        );

        File.Exists(folder.Combine("out/calls.js")).ShouldBeTrue();
    }

    [GeneratedRegex(@"POST (?<path>\S+) body (?<body>\{.*\})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PostOf();

    /// <summary>Checks calls against the types that openapi-typescript makes of the description, and compiles them to out/calls.js.</summary>
    private static async Task CompileTypeScriptAsync(ApiWorld world, TemporaryFolder folder, string calls)
    {
        File.CreateSymbolicLink(folder.Combine("node_modules"), Path.Combine(Home, "node_modules"));
        foreach (var file in new[] { "tsconfig.json", "package.json" })
        {
            File.Copy(Path.Combine(Home, file), folder.Combine(file));
        }

        folder.Write("calls.ts", calls);
        var description = folder.Write("openapi.json", await DescriptionAsync(world));
        await NodeAsync(folder, "openapi-typescript/bin/cli.js", description, "-o", folder.Combine("api.d.ts"));
        await NodeAsync(folder, "typescript/bin/tsc", "-p", folder.Path);
    }

    private static async Task<string> DescriptionAsync(ApiWorld world) =>
        await world.Client.GetStringAsync("/openapi/v1.json", Cancellation);

    private static Task<string> NodeAsync(TemporaryFolder folder, string module, params string[] arguments) =>
        Commands.RunAsync("node", [folder.Combine($"node_modules/{module}"), .. arguments]);

    private static Assembly Compile(params string[] texts)
    {
        var compilation = CSharpCompilation.Create(
            "generated",
            texts.Select(text => CSharpSyntaxTree.ParseText(text, cancellationToken: Cancellation)),
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!) // every program has them
                .Split(Path.PathSeparator)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: Cancellation);
        result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        image.Position = 0;
        return new AssemblyLoadContext("generated", isCollectible: true).LoadFromStream(image);
    }
}
