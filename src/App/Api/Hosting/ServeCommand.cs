using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Api.Limits;
using Tradepost.App.Cli;
using Tradepost.App.Cli.Remote;
using Tradepost.App.Telemetry;
using Tradepost.App.Telemetry.Logs;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Jobs;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Api.Hosting;

/// <summary><c>serve</c>: the HTTP API, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls") { Description = $"Addresses to listen on (default {Listener.Default})", HelpName = "URLS" };
        var insecure = new Option<bool>("--insecure") { Description = "Listen on a network without encryption all the same" };
        var withoutWorker = new Option<bool>("--no-worker") { Description = "Leave runs and schedules to `tradepost worker`" };
        var log = LogWriter.Option();
        return new HandledCommand("serve", "Serve the HTTP API.", (parsed, session, cancellationToken) =>
            RunAsync(parsed.GetValue(urls), parsed.GetValue(insecure), !parsed.GetValue(withoutWorker), parsed.GetValue(log), session, cancellationToken))
        { IsLocal = true, Options = { urls, insecure, withoutWorker, log } };
    }

    private static async Task<CommandResult> RunAsync(string? urls, bool isForced, bool runsJobs, string? log, Session session, CancellationToken cancellationToken)
    {
        var settings = session.Settings;
        using var certificate = ServerCertificate.Find(settings);
        var proxies = Proxies.From(settings);
        var listeners = urls is not null ? Listener.Parse("--urls", urls) : Listener.Parse(SettingNames.Urls, settings.Find(SettingNames.Urls) ?? Listener.Default);
        foreach (var listener in listeners)
        {
            listener.Check(certificate, proxies.Any, isForced);
        }

        using var telemetry = ServerTelemetry.Start(session.Terminal, settings, session.Time, log);
        await using var store = settings.Store.Open(session.Time);
        await new Migrator(store, Domains.Migrations, session.Time).MigrateAsync(cancellationToken);
        var logger = telemetry.Logs.CreateLogger("Tradepost");
        await using var jobs = new JobHost(settings, store, Domains.Catalogue, session.Time, logger, Retention.From(settings));
        await using var commands = CommandServer.Start(settings, session.Time, logger);
        await using var server = await ApiServer.StartAsync(
            new ServerOptions
            {
                Settings = settings,
                Store = store,
                Time = session.Time,
                Telemetry = telemetry,
                Jobs = jobs,
                Logger = logger,
                Listeners = listeners,
                Limits = RateLimits.From(settings),
                Proxies = proxies,
                Certificate = certificate,
                RunsJobs = runsJobs,
            },
            cancellationToken);
        foreach (var address in server.Addresses)
        {
            Say(session, $"Tradepost listens on {address}");
        }

        await InviteFirstAsync(server, session, cancellationToken);
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.Stopping))
        {
            await WaitAsync(end.Token);
        }

        await server.StopAsync();
        cancellationToken.ThrowIfCancellationRequested(); // as every command ends on Ctrl-C
        throw new JobFailedException("The server stopped because a part of it failed; the messages above say which.");
    }

    private static async Task InviteFirstAsync(ApiServer server, Session session, CancellationToken cancellationToken)
    {
        if (await server.Services.GetRequiredService<UserDirectory>().AnyAsync(cancellationToken))
        {
            return;
        }

        var code = await server.Services.GetRequiredService<Links>().CreateAsync(userId: null, cancellationToken);
        Say(session, "There are no users yet. This link makes the first administrator, once, within 24 hours:");
        Say(session, $"  {server.Addresses[0]}{WelcomePage.Path}#{code}");
    }

    // Past the console's own formatting: an address must stay on one line.
    private static void Say(Session session, string text) => session.Terminal.Messages.Profile.Out.Writer.WriteLine(text);

    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }
}
