using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradepost.App.Data;
using Tradepost.App.Listening;
using Tradepost.App.Runs;
using Tradepost.App.Users;
using Tradepost.App.Users.SignIns;
using Tradepost.Jobs;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.Health;
using Tradepost.Serving.Limits;
using Tradepost.Serving.Requests;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Queries;

namespace Tradepost.App.Hosting;

/// <summary>The HTTP server over one open store.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private const int LargestBody = 1024 * 1024;
    private const int LargestHeaders = 16 * 1024;
    private const int LongestRequestLine = 8 * 1024;
    private const int MostConnections = 10_000;

    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan HeaderTime = TimeSpan.FromSeconds(10);
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly WebApplication app;

    private ApiServer(WebApplication app) => this.app = app;

    /// <summary>Where it listens, with the ports that were given to it.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    public IServiceProvider Services => app.Services;

    /// <summary>Cancelled when the server stops by itself, because a part of it cannot go on.</summary>
    public CancellationToken Stopping => app.Lifetime.ApplicationStopping;

    public static async Task<ApiServer> StartAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Tradepost" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Logging.AddProvider(options.Telemetry is { } telemetry ? telemetry.Logs : new SingleLogger(options.Logger));
        AddServices(builder.Services, options);
        var built = builder.Build();
        Use(built, options);
        built.MapApi();
        var server = new ApiServer(built);
        try
        {
            await built.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the requests under way finish, up to a limit.</summary>
    public Task StopAsync() => app.StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.RequestHeadersTimeout = HeaderTime;
        kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
        foreach (var listener in options.Listeners)
        {
            listener.Listen(kestrel, options.Certificate, options.Time);
        }
    }

    private static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime);
        services.AddRoutingCore();
        services.AddRequestTimeouts(timeouts =>
            timeouts.DefaultPolicy = new RequestTimeoutPolicy
            {
                Timeout = RequestTime,
                TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            }
        );
        services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = options.Limits.Create();
            limiter.OnRejected = TooManyRequests.RefuseAsync;
        });
        services.Configure<JsonOptions>(json => JsonForm.Apply(json.SerializerOptions));
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.AddSingleton(options.Time);
        services.AddSingleton(options.Settings);
        services.AddSingleton(options.Store);
        services.AddSingleton(options.Logger);
        options.Telemetry?.AddTo(services);
        services.AddSingleton(options.Jobs);
        services.AddSingleton(provider => provider.GetRequiredService<JobHost>().Runs);
        services.AddSingleton<LogStream>();
        foreach (var shared in options.Shared)
        {
            services.AddSingleton(shared.GetType(), shared);
        }

        foreach (var domain in Domains.All)
        {
            domain.Services(services);
        }

        services.AddSingleton(new TableCatalogue(options.Store, Domains.HiddenTables));
        services.AddSingleton<RunningQueries>();
        services.AddSingleton(_ => StoreTurns.NewTurns(options.Store));
        services.AddSingleton(new ReadOnlyQuery(options.Store, Domains.HiddenTables, options.Time));
        services.AddUsers(options.PasswordIterations);
        services.AddBearer();
        services.AddSingleton(new Migrator(options.Store, Domains.Migrations, options.Time));
        services.AddSingleton<StoreHealth>();
        services.AddHostedService(provider => provider.GetRequiredService<StoreHealth>());
        if (options.RunsJobs)
        {
            services.AddHostedService<WorkerHost>();
        }
    }

    // The order matters: errors are given their shape outside of all else, and nobody is counted before it is known who it is.
    private static void Use(WebApplication app, ServerOptions options)
    {
        app.Use(HostFilter.KeepPeerAsync);
        if (options.Proxies.Any)
        {
            app.UseForwardedHeaders(options.Proxies.Options());
        }

        if (PathPrefix.From(options.Settings) is { Length: > 0 } prefix)
        {
            app.UsePathBase(prefix);
        }

        app.Use(SecurityHeaders.InvokeAsync);
        options.Telemetry?.Use(app);
        app.UseMiddleware<ErrorBoundary>();
        app.UseMiddleware<HostFilter>(AllowedHosts.From(options.Settings, options.Listeners, options.Certificate), options.Proxies);
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<Gate>();
        app.UseMiddleware<EventStreamLimit>();
        app.UseRequestTimeouts();
        app.UseMiddleware<StoreTurns>();
    }
}
