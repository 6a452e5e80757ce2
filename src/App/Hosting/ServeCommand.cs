using System.CommandLine;
using System.ComponentModel;
using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Listening;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Arguments;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Hosting;

/// <summary><c>serve</c>: the page and the HTTP API, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create() =>
        HandledCommand.Of<ServeOptions>(
            "serve",
            "Serve the page and the HTTP API.",
            (options, session, cancellationToken) =>
                RunAsync(
                    new ServerRun(session)
                    {
                        Urls = options.Urls,
                        IsForced = options.Insecure,
                        RunsJobs = !options.NoWorker,
                        Log = options.Log,
                    },
                    cancellationToken
                ),
            isLocal: true
        );

    private static Task<CommandResult> RunAsync(ServerRun serving, CancellationToken cancellationToken) =>
        serving.RunAsync((server, end) => InviteFirstAsync(server, serving, end), cancellationToken);

    private static async Task InviteFirstAsync(ApiServer server, ServerRun serving, CancellationToken cancellationToken)
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

internal sealed record ServeOptions : ServiceOptions
{
    [Description($"Addresses to listen on (default {Listener.Default})"), Placeholder("URLS")]
    public string? Urls { get; init; }

    [Description("Listen on a network without encryption all the same")]
    public bool Insecure { get; init; }

    [Description("Leave runs and schedules to `tradepost worker`")]
    public bool NoWorker { get; init; }
}
