using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Tradepost.App.Cli.Output;
using Tradepost.Jobs;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Replaying;

namespace Tradepost.App.Cli.Trading;

/// <summary><c>trading replay</c>: serves a recorded file as the exchange would, for collectors of any kind to be tried on.</summary>
internal static class ReplayCommand
{
    private const string DefaultExchange = "binance-futures";

    public static HandledCommand Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "A capture (local time in ns, a blank, the frame) or a CSV file of quotes; .gz or not",
        };
        string[] exchanges = [.. CollectService.Exchanges.Where(name => name != CollectService.Simulator)];
        var exchange = new Option<string>("--exchange")
        {
            Description = $"Whose frames they are: {string.Join(", ", exchanges)} (default binance-futures)",
            HelpName = "NAME",
            DefaultValueFactory = _ => DefaultExchange,
        };
        var speed = SpeedOption();
        var faults = FaultOption();
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1 (default any that is free)", HelpName = "PORT" };
        return new HandledCommand("replay", "Serve a recorded file as the exchange would.", (parsed, session, cancellationToken) =>
        {
            var name = parsed.GetValue(exchange)!;
            return !exchanges.Contains(name)
                ? throw new UsageException($"--exchange is '{name}'; expected is one of {string.Join(", ", exchanges)}.")
                : RunAsync(
                    session,
                    name,
                    session.FullPath(parsed.GetValue(file)!),
                    Speed(parsed.GetValue(speed)),
                    Faults(parsed.GetValue(faults)),
                    Port(parsed.GetValue(port)),
                    cancellationToken
                );
        })
        {
            IsLocal = true,
            Arguments = { file },
            Options = { exchange, speed, faults, port },
        };
    }

    public static Option<double> SpeedOption() =>
        new("--speed")
        {
            Description = "How much faster than it was (default 1); 0 for as fast as it is taken",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };

    public static Option<string[]> FaultOption() =>
        new("--fault")
        {
            Description = $"What goes wrong, after how many frames, for how long: {string.Join(", ", ReplayService.Faults)}",
            HelpName = "KIND@FRAMES[:SECONDS[:STREAM]]",
        };

    public static double Speed(double speed) =>
        speed is >= 0 and <= 1_000_000
            ? speed
            : throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--speed is {speed}; expected is a number from 0, which is full speed, to 1000000."
                )
            );

    public static string[] Faults(string[]? faults) =>
        faults?.FirstOrDefault(fault => !ReplayService.IsFault(fault)) is { } wrong
            ? throw new UsageException(
                $"--fault is '{wrong}'; expected is KIND@FRAMES, KIND@FRAMES:SECONDS or KIND@FRAMES:SECONDS:STREAM with one of {string.Join(", ", ReplayService.Faults)}."
            )
        : faults?.FirstOrDefault(fault => ReplayService.IdleFault(fault) is not null) is { } idle
            ? throw new UsageException($"--fault {idle} {ReplayService.IdleFault(idle)}.")
        : faults ?? [];

    private static int Port(int port) =>
        port is >= 0 and <= 65_535
            ? port
            : throw new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"--port is {port}; expected is a number from 1 to 65535.")
            );

    private static async Task<CommandResult> RunAsync(
        Session session,
        string exchange,
        string file,
        double speed,
        string[] faults,
        int port,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var played = await session.ShowProgressAsync(progress =>
                ReplayService.ServeAsync(
                    exchange,
                    file,
                    speed,
                    faults,
                    port,
                    (recorded, stream, rest) => Say(session, exchange, recorded, stream, rest),
                    new Progress<long>(count =>
                        progress.Report(new JobProgress(count == 0 ? "waiting for a collector" : "playing", count))
                    ),
                    session.Time,
                    cancellationToken
                )
            );
            return new CommandResult(new { Played = played }, printer =>
                printer.Pairs([("played", string.Create(CultureInfo.InvariantCulture, $"{played:N0} frames"))])
            );
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--port is {port}, which cannot be had: {e.Message}."));
        }
    }

    // Past the console's own formatting: an address must stay on one line.
    private static void Say(Session session, string exchange, RecordingSummary recorded, Uri stream, Uri rest)
    {
        var messages = session.Terminal.Messages;
        var symbols = string.Join(',', recorded.Symbols);
        messages.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{recorded.Frames:N0} frames of {symbols} over {recorded.Length:d\\.hh\\:mm\\:ss}, which begin with the first collector:"
            )
        );
        if (recorded.LeftOut is { } leftOut)
        {
            messages.Line(leftOut);
        }

        var market = exchange == DefaultExchange ? "" : $"--exchange {exchange} ";
        messages.Line(
            $"  tradepost trading collect {market}--symbols {Quoted(symbols)} --stream-url {stream.ToString().TrimEnd('/')} --rest-url {rest}"
        );
    }

    /// <summary>As a shell takes it for one word.</summary>
    private static string Quoted(string text) =>
        text.All(letter => char.IsLetterOrDigit(letter) || "-_.,/:".Contains(letter, StringComparison.Ordinal))
            ? text
            : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
