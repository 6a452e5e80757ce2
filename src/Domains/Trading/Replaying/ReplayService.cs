using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Replaying;

/// <summary>Serves a recording to whoever connects, until it was played.</summary>
public static class ReplayService
{
    /// <summary>The faults that there are, in the words of the command line.</summary>
    public static IReadOnlyList<string> Faults { get; } =
    ["drop", "close", "stall", "silence", "duplicate", "reorder", "malformed", "unserved", "late-snapshot", "too-many"];

    /// <summary>Whether a text says which fault is to come when.</summary>
    public static bool IsFault(string text) => Fault.Parse(text) is not null;

    /// <summary>Why a fault would do nothing, whatever is recorded; null where it would do something.</summary>
    public static string? IdleFault(string text) => Fault.Parse(text)?.Idle(summary: null);

    /// <summary>The faults of a replay.</summary>
    /// <exception cref="RecordingException">One of them would never come.</exception>
    internal static IReadOnlyList<Fault> FaultsOf(IEnumerable<string> texts, RecordingSummary summary) =>
        [
            .. texts.Select(text =>
            {
                var fault = Fault.Parse(text) ?? throw new FormatException($"'{text}' is no fault.");
                return fault.Idle(summary) is { } idle ? throw new RecordingException($"--fault {text} {idle}.") { ExitCode = 2 } : fault;
            }),
        ];

    /// <summary>Serves until the recording was played and its clients have it, or the token ends it.</summary>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="started">Told where, and what the recording holds.</param>
    /// <returns>How many frames were played.</returns>
    /// <exception cref="RecordingException">The file cannot be read to its end.</exception>
    public static async Task<long> ServeAsync(
        string exchange,
        string file,
        double speed,
        IEnumerable<string> faults,
        int port,
        Action<RecordingSummary, Uri, Uri> started,
        IProgress<long> progress,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var recording = Recording.Open(file, ExchangeList.All.Named(exchange));
        await using var server = new ReplayServer(
            ExchangeList.All.Named(exchange),
            recording.Frames,
            speed,
            FaultsOf(faults, recording.Summary),
            clock,
            port
        );
        started(recording.Summary, server.Stream, server.Rest);
        while (
            await Task.WhenAny(server.Playing, Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellationToken)) != server.Playing
            && !cancellationToken.IsCancellationRequested
        )
        {
            progress.Report(server.Played);
        }

        if (server.Playing.IsCompleted)
        {
            await server.Playing;
            server.CloseAll();
            await server.Left.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return server.Played;
    }
}
