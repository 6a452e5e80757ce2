using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Cli;
using Tradepost.App.Telemetry.Logs;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;

namespace Tradepost.App.Api.Hosting;

/// <summary><c>serve</c>: the page and the HTTP API, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string?>("--urls")
        {
            Description = $"Addresses to listen on (default {Listener.Default})",
            HelpName = "URLS",
        };
        var insecure = new Option<bool>("--insecure") { Description = "Listen on a network without encryption all the same" };
        var withoutWorker = new Option<bool>("--no-worker") { Description = "Leave runs and schedules to `tradepost worker`" };
        var log = LogWriter.Option();
        return new HandledCommand("serve", "Serve the page and the HTTP API.", (parsed, session, cancellationToken) => RunAsync(
                new Serving(session)
                {
                    Urls = parsed.GetValue(urls),
                    IsForced = parsed.GetValue(insecure),
                    RunsJobs = !parsed.GetValue(withoutWorker),
                    Log = parsed.GetValue(log),
                },
                cancellationToken
            )) { IsLocal = true, Options = { urls, insecure, withoutWorker, log } };
    }

    private static Task<CommandResult> RunAsync(Serving serving, CancellationToken cancellationToken) =>
        serving.RunAsync((server, _, _, end) => InviteFirstAsync(server, serving, end), cancellationToken);

    private static async Task InviteFirstAsync(ApiServer server, Serving serving, CancellationToken cancellationToken)
    {
        if (await server.Services.GetRequiredService<UserDirectory>().AnyAsync(cancellationToken))
        {
            return;
        }

        var code = await server.Services.GetRequiredService<Links>().CreateAsync(userId: null, cancellationToken);
        serving.Say("There are no users yet. This link makes the first administrator, once, within 24 hours:");
        serving.Say($"  {server.Addresses[0]}{WelcomeLink.Path}#{code}");
    }
}
