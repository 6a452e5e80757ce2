using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using Tradepost.App.Hosting;
using Tradepost.App.Listening;
using Tradepost.App.Telemetry;
using Tradepost.App.Users.Administration;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Limits;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Hosting;

/// <summary>A server in this process, on a free loopback port and a store of its own, and a client of it.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    public const string Password = "four words make one";

    private const int Large = 100_000;

    private readonly TemporaryFolder folder;
    private readonly ApiServer server;
    private readonly ServerTelemetry telemetry;

    private ApiWorld(TemporaryFolder folder, ServerOptions options, ApiServer server)
    {
        this.folder = folder;
        this.server = server;
        telemetry = options.Telemetry!;
        Jobs = options.Jobs;
        Store = options.Store;
        Client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = new Uri(server.Addresses[0]),
        };
    }

    public Store Store { get; }

    public JobHost Jobs { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => server.Services;

    public UserAdministration Users => Services.GetRequiredService<UserAdministration>();

    /// <summary>Every route that is served, without its HEAD.</summary>
    public IReadOnlyList<(string Method, RouteEndpoint Endpoint)> Routes =>
        [
            .. Services
                .GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(endpoint =>
                    endpoint
                        .Metadata.GetMetadata<HttpMethodMetadata>()!
                        .HttpMethods.Where(method => method != "HEAD")
                        .Select(method => (method, endpoint))
                ),
        ];

    /// <summary>The server's data folder.</summary>
    public string Data => folder.Path;

    public Uri Address => Client.BaseAddress!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ApiWorld> StartAsync(
        string? databaseUrl = null,
        TimeProvider? time = null,
        RateLimits? limits = null,
        JobCatalogue? catalogue = null,
        bool runsJobs = false,
        string? path = null,
        IReadOnlyDictionary<string, string>? more = null
    )
    {
        var home = new TemporaryFolder();
        var values = new Dictionary<string, string>(more ?? new Dictionary<string, string>()) { [SettingNames.Data] = home.Path };
        values.TryAdd(SettingNames.WebhookHosts, "127.0.0.1"); // what tests post to
        if (databaseUrl is not null)
        {
            values[SettingNames.DatabaseUrl] = databaseUrl;
        }

        if (path is not null)
        {
            values[SettingNames.PathPrefix] = path;
        }

        var settings = Settings.Load(new SettingSources(values, new Dictionary<string, string>(), home.Path, _ => null));
        var clock = time ?? TimeProvider.System;
        var store = settings.Store.Open(clock);
        await new Migrator(store, Domains.Migrations, clock).MigrateAsync(Cancellation);
        var options = new ServerOptions
        {
            Settings = settings,
            Store = store,
            Jobs = new JobHost(settings, store, catalogue ?? Domains.Catalogue, clock),
            Time = clock,
            Shared = Domains.NewShared(clock),
            Logger = NullLogger.Instance,
            Telemetry = ServerTelemetry.Start(Silent(), settings, clock),
            Listeners = Listener.Parse("test", "http://127.0.0.1:0"),
            Limits = limits ?? new RateLimits(1_000_000) { SignIns = 1_000_000 },
            PasswordIterations = 10,
            RunsJobs = runsJobs,
        };
        return new ApiWorld(home, options, await ApiServer.StartAsync(options, Cancellation));
    }

    /// <summary>Adds a user of this role and signs in.</summary>
    public async Task<TokenResponse> SignInAsync(Role role, string? email = null)
    {
        var name = email ?? $"{role}@example.com".ToLowerInvariant();
        await Users.AddAsync(name, role, Password, Origin.CommandLine, Cancellation);
        await Services.GetRequiredService<AccessState>().ReloadAsync(Cancellation);
        return (await TokenAsync(name, Password)).Tokens!;
    }

    public async Task<(HttpStatusCode Status, TokenResponse? Tokens)> TokenAsync(string email, string password)
    {
        using var response = await Client.PostAsJsonAsync("/api/v1/auth/token", new { email, password }, Cancellation);
        return (
            response.StatusCode,
            response.IsSuccessStatusCode
                ? JsonSerializer.Deserialize<TokenResponse>(await response.Content.ReadAsStringAsync(Cancellation), ResultJson.Options)
                : null
        );
    }

    public async Task<(HttpResponseMessage Response, JsonElement Body)> SendAsync(
        HttpMethod method,
        string path,
        string? token = null,
        object? body = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = body is HttpContent content ? content : JsonContent.Create(body);
        }

        // A server that refuses a large body hangs up on it; asked first, its answer is not lost.
        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > Large;
        var response = await Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return (
            response,
            text.Length > 0 && response.Content.Headers.ContentType?.MediaType == "application/json" ? JsonElement.Parse(text) : default
        );
    }

    public Task<(HttpResponseMessage Response, JsonElement Body)> GetAsync(string path, string? token = null) =>
        SendAsync(HttpMethod.Get, path, token);

    private static Terminal Silent()
    {
        IAnsiConsole Nowhere() =>
            AnsiConsole.Create(
                new AnsiConsoleSettings
                {
                    Out = new AnsiConsoleOutput(TextWriter.Null),
                    Ansi = AnsiSupport.No,
                    Interactive = InteractionSupport.No,
                }
            );
        return new Terminal(Nowhere(), Nowhere(), ResultsAreSeen: false, MessagesAreSeen: false);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        telemetry.Dispose();
        await Jobs.DisposeAsync();
        await Store.DisposeAsync();
        folder.Dispose();
    }
}
