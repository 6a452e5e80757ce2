using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.Advertising.Replaying;

/// <summary><c>ads replay-server</c>: speaks the Marketing API for whoever builds against it.</summary>
internal static class ReplayServerCommand
{
    public const string UsualToken = "replayed";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public static IEnumerable<HandledCommand> All() =>
        [
            HandledCommand.Of<ReplayServerOptions>(
                "replay-server",
                "Speak the Marketing API on this machine, with accounts that are made up and faults on request.",
                RunAsync,
                isLocal: true
            ),
        ];

    private static async Task<CommandResult> RunAsync(ReplayServerOptions options, Session session, CancellationToken cancellationToken)
    {
        try
        {
            var served = await session.ShowProgressAsync(progress => ServeAsync(options, session, progress, cancellationToken));
            return new CommandResult(new { Requests = served }, printer => printer.Pairs([("requests", $"{served:N0}")]));
        }
        catch (IOException e)
        {
            throw new UsageException(
                $"--port is {options.Port}, on which it cannot listen: {e.Message} Give another, or 0 for a free one."
            );
        }
    }

    private static async Task<long> ServeAsync(
        ReplayServerOptions options,
        Session session,
        IProgress<JobProgress> progress,
        CancellationToken cancellationToken
    )
    {
        await using var server = await MetaServer.StartAsync(options.Server(), session.Time, asked: null, cancellationToken);
        var messages = session.Terminal.Messages;
        messages.Line("The Marketing API of accounts that are made up, until Ctrl-C:");
        messages.Line($"  META_API_URL={server.Address}");
        messages.Line($"  META_ACCESS_TOKEN={options.Token}");
        messages.Line($"  META_ACCOUNTS={string.Join(',', server.Accounts)}");
        while (!cancellationToken.IsCancellationRequested)
        {
            progress.Report(new JobProgress("answering", server.Requests));
            await Task.Delay(Look, session.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return server.Requests;
    }
}

/// <summary>What the replay server plays.</summary>
internal sealed record ReplayServerOptions
{
    [Description("the port on the loopback address; 0 for a free one")]
    [Range(0, 65_535)]
    public int Port { get; init; } = 8091;

    [Description("the token that it takes")]
    public string Token { get; init; } = ReplayServerCommand.UsualToken;

    [Description("how many accounts")]
    [Range(1, 100)]
    public int Accounts { get; init; } = 1;

    [Description("how many campaigns each has")]
    [Range(1, 99)]
    public int Campaigns { get; init; } = 4;

    [Description("of what is made up")]
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    [Description("what goes wrong and when, as code-17@5 or too-much@3x2; may be given several times")]
    [Placeholder("KIND@REQUEST")]
    public string[] Fault { get; init; } = [];

    internal MetaServerOptions Server() =>
        new()
        {
            Port = Port,
            Token = Token,
            Accounts = Accounts,
            Campaigns = Campaigns,
            Seed = Seed,
            Faults =
            [
                .. Fault.Select(text =>
                    MetaFault.Parse(text)
                    ?? throw new UsageException(
                        $"--fault is '{text}'; expected is KIND@REQUEST or KIND@REQUESTxTIMES with one of {string.Join(", ", MetaFault.Kinds)}."
                    )
                ),
            ],
        };
}
