using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradepost.App.Telemetry;
using Tradepost.App.Telemetry.Metrics;
using Tradepost.Serving.Errors;
using Tradepost.Serving.Health;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Listening;

/// <summary>Serves <c>/metrics</c> and nothing else, for a process without the API.</summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private MetricsServer(WebApplication app) => this.app = app;

    /// <summary>Where it listens, with the port that was given to it.</summary>
    // It has been started.
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<MetricsServer> StartAsync(
        string url,
        Store store,
        Settings settings,
        ServerTelemetry telemetry,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var certificate = ServerCertificate.Find(settings);
        var listeners = Listener.Parse("--metrics-url", url);
        foreach (var listener in listeners)
        {
            listener.Check(certificate, isBehindProxy: false, isForced: false);
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Tradepost" });
        builder
            .WebHost.UseKestrelCore()
            .UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                foreach (var listener in listeners)
                {
                    listener.Listen(kestrel, certificate, time);
                }
            });
        builder.Logging.AddProvider(telemetry.Logs);
        builder.Services.AddRoutingCore();
        builder
            .Services.AddSingleton<IHostLifetime, NoLifetime>()
            .AddSingleton(time)
            .AddSingleton(settings)
            .AddSingleton(store)
            .AddSingleton(new Migrator(store, Domains.Migrations, time))
            .AddSingleton<StoreHealth>();
        telemetry.AddTo(builder.Services);
        var built = builder.Build();
        built.Use(SecurityHeaders.InvokeAsync);
        built.UseMiddleware<ErrorBoundary>();
        built.UseMiddleware<HostFilter>(AllowedHosts.From(settings, listeners, certificate), new Proxies([], []));
        built.UseRouting();
        built.MapMetrics();
        var server = new MetricsServer(built);
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

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
