using Microsoft.Extensions.Logging;
using Tradepost.App.Listening;
using Tradepost.App.Remote;
using Tradepost.App.Telemetry;
using Tradepost.Jobs;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Serving.Limits;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Hosting;

/// <summary>The server over the store of the settings, from its start until it is stopped.</summary>
internal sealed partial class ServerRun(Session session)
{
    /// <summary>Addresses as the command line gives them; null: as the settings do.</summary>
    public string? Urls { get; init; }

    /// <summary>Whether to listen on a network without encryption all the same.</summary>
    public bool IsForced { get; init; }

    public bool RunsJobs { get; init; } = true;

    /// <summary>The form of the log as the command line says it; null: as the settings do.</summary>
    public string? Log { get; init; }

    /// <summary>Writes a line past the console's own formatting: an address must stay on one.</summary>
    public void Say(string text) => session.Terminal.Messages.Line(text);

    /// <summary>Serves until the token says to stop.</summary>
    /// <param name="beside">What is done as soon as it listens, and may go on until the token says to stop; the server stops when that
    /// fails.</param>
    public async Task<CommandResult> RunAsync(Func<ApiServer, CancellationToken, Task> beside, CancellationToken cancellationToken)
    {
        var settings = session.Settings;
        using var certificate = ServerCertificate.Find(settings);
        var proxies = Proxies.From(settings);
        var listeners = Urls is not null
            ? Listener.Parse("--urls", Urls)
            : Listener.Parse(SettingNames.Urls, settings.Find(SettingNames.Urls) ?? Listener.Default);
        foreach (var listener in listeners)
        {
            listener.Check(certificate, proxies.Any, IsForced);
        }

        using var telemetry = ServerTelemetry.Start(session, Log);
        await using var store = settings.Store.Open(session.Time);
        await new Migrator(store, Domains.Migrations, session.Time).MigrateAsync(cancellationToken);
        var logger = telemetry.CreateLogger("Tradepost");
        await WarnOfLoginsAsync(store, logger, cancellationToken);
        await using var jobs = new JobHost(settings, store, Domains.Catalogue, session.Time, logger, Retention.From(settings));
        var shared = Domains.NewShared(session.Time);
        await using var commands = CommandServer.Start(settings, session.Time, shared, logger);
        await using var server = await ApiServer.StartAsync(
            new ServerOptions
            {
                Settings = settings,
                Store = store,
                Time = session.Time,
                Telemetry = telemetry,
                Jobs = jobs,
                Shared = shared,
                Logger = logger,
                Listeners = listeners,
                Limits = RateLimits.From(settings),
                Proxies = proxies,
                Certificate = certificate,
                RunsJobs = RunsJobs,
            },
            cancellationToken
        );
        foreach (var address in server.Addresses)
        {
            Say($"Tradepost listens on {address}");
        }

        using (var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.Stopping))
        {
            var work = beside(server, end.Token);
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = end.Token.Register(stopped.SetResult);
            if (await Task.WhenAny(stopped.Task, work) == work)
            {
                await work; // only a failure ends the server: what has nothing more to do lets it go on
            }

            await stopped.Task;
            await work;
        }

        await server.StopAsync();
        cancellationToken.ThrowIfCancellationRequested(); // as every command ends on Ctrl-C
        throw new JobFailedException("The server stopped because a part of it failed; the messages above say which.");
    }

    private static async Task WarnOfLoginsAsync(Store store, ILogger logger, CancellationToken cancellationToken)
    {
        var reason = await store.EnsureQueryLoginAsync(Domains.HiddenTables, cancellationToken);
        if (reason is not null)
        {
            LogNoQueryLogin(logger, reason);
        }

        if (await store.RightsAsync(cancellationToken) is { IsSuperuser: true })
        {
            LogSuperuser(logger);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}")]
    private static partial void LogNoQueryLogin(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The store's login is a superuser of its server; give Tradepost one of its own that owns its database "
            + "(docs/operations.md, Logins)"
    )]
    private static partial void LogSuperuser(ILogger logger);
}
