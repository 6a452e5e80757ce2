using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Replaying;

namespace Tradepost.Trading.Commands;

/// <summary><c>trading replay</c>: serves a recorded file as the exchange would, for collectors of any kind to be tried on.</summary>
internal static class ReplayCommand
{
    public const string DefaultExchange = "binance-futures";

    public static readonly string[] Exchanges = [.. CollectService.Exchanges.Where(name => name != CollectService.Simulator)];

    public static HandledCommand Create() =>
        HandledCommand.Of<ReplayCommandOptions>("replay", "Serve a recorded file as the exchange would.", RunAsync, isLocal: true);

    public static string[] Faults(string[] faults) =>
        faults.FirstOrDefault(fault => !ReplayService.IsFault(fault)) is { } wrong
            ? throw new UsageException(
                $"--fault is '{wrong}'; expected is KIND@FRAMES, KIND@FRAMES:SECONDS or KIND@FRAMES:SECONDS:STREAM with one of "
                    + $"{string.Join(", ", ReplayService.Faults)}."
            )
        : faults.FirstOrDefault(fault => ReplayService.IdleFault(fault) is not null) is { } idle
            ? throw new UsageException($"--fault {idle} {ReplayService.IdleFault(idle)}.")
        : faults;

    private static async Task<CommandResult> RunAsync(ReplayCommandOptions options, Session session, CancellationToken cancellationToken)
    {
        var (exchange, file) = (options.Exchange, options.File);
        var faults = Faults(options.Fault);
        if (!Exchanges.Contains(exchange))
        {
            throw new UsageException($"--exchange is '{exchange}'; expected is one of {string.Join(", ", Exchanges)}.");
        }

        try
        {
            var played = await session.ShowProgressAsync(progress =>
                ReplayService.ServeAsync(
                    exchange,
                    file,
                    options.Speed ?? 1,
                    faults,
                    options.Port ?? 0,
                    (recorded, stream, rest) => Say(session, exchange, recorded, stream, rest),
                    new Progress<long>(count =>
                        progress.Report(new JobProgress(count == 0 ? "waiting for a collector" : "playing", count))
                    ),
                    session.Time,
                    cancellationToken
                )
            );
            return new CommandResult(new { Played = played }, printer => printer.Pairs([("played", $"{played:N0} frames")]));
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new UsageException(
                $"--port is {options.Port}, on which it cannot listen: {e.Message}. Give another, or 0 for a free one."
            );
        }
    }

    // Past the console's own formatting: an address must stay on one line.
    private static void Say(Session session, string exchange, RecordingSummary recorded, Uri stream, Uri rest)
    {
        var messages = session.Terminal.Messages;
        var symbols = string.Join(',', recorded.Symbols);
        messages.Line(
            $"{recorded.Frames:N0} frames of {symbols} over {recorded.Length:d\\.hh\\:mm\\:ss}, which begin with the first collector:"
        );
        if (recorded.LeftOut is { } leftOut)
        {
            messages.Line(leftOut);
        }

        var market = exchange == DefaultExchange ? "" : $"--exchange {exchange} ";
        messages.Line(
            $"  tradepost trading collect {market}--symbols {Quoted(symbols)} --stream-url {stream.ToString().TrimEnd('/')} --rest-url "
                + $"{rest}"
        );
    }

    /// <summary>As a shell takes it for one word.</summary>
    private static string Quoted(string text) =>
        text.All(letter => char.IsLetterOrDigit(letter) || "-_.,/:".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}

internal sealed record ReplayCommandOptions
{
    [Positional("FILE"), FilePath, Description("A capture (local time in ns, a blank, the frame) or a CSV file of quotes; .gz or not")]
    public required string File { get; init; }

    [ExchangeDescription, Placeholder("NAME")]
    public string Exchange { get; init; } = ReplayCommand.DefaultExchange;

    [Description(SpeedText.Description), Range(0.0, SpeedText.Most, ErrorMessage = SpeedText.Expected)]
    public double? Speed { get; init; }

    [FaultDescription, Placeholder(FaultDescriptionAttribute.Placeholder)]
    public string[] Fault { get; init; } = [];

    [Description("The port on 127.0.0.1 (default any that is free)"), Placeholder("PORT")]
    [Range(0, 65_535, ErrorMessage = "expected is a number from 1 to 65535")]
    public int? Port { get; init; }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class ExchangeDescriptionAttribute()
        : DescriptionAttribute($"Whose frames they are: {string.Join(", ", ReplayCommand.Exchanges)}");
}

/// <summary>What both commands that play a recording say of its speed.</summary>
internal static class SpeedText
{
    public const double Most = 1_000_000;
    public const string Description = "How much faster than it was (default 1); 0 for as fast as it is taken";
    public const string Expected = "expected is a number from 0, which is full speed, to 1000000";
}

/// <summary>What both commands that play a recording say of what goes wrong.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FaultDescriptionAttribute()
    : DescriptionAttribute($"What goes wrong, after how many frames, for how long: {string.Join(", ", ReplayService.Faults)}")
{
    public const string Placeholder = "KIND@FRAMES[:SECONDS[:STREAM]]";
}
