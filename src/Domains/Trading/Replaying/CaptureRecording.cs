using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tradepost.Storage.Files;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Replaying;

/// <summary>A capture: in each line the local time in nanoseconds, a blank and a frame or a snapshot of an order book.</summary>
internal sealed class CaptureRecording : Recording
{
    private readonly string path;
    private readonly Exchange exchange;
    private readonly SnapshotOwners owners;

    public CaptureRecording(string path, Exchange exchange)
    {
        (this.path, this.exchange, owners) = (path, exchange, new SnapshotOwners(exchange));
        Summary = Examine();
    }

    public override RecordingSummary Summary { get; }

    public override IEnumerable<RecordedFrame> Frames => Read(examine: false);

    private RecordingSummary Examine()
    {
        var (symbols, streams) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var (frames, from, to) = (0L, 0L, 0L);
        foreach (var frame in Read(examine: true).Where(frame => !frame.IsSnapshot))
        {
            if (streams.Add(frame.Stream))
            {
                symbols.Add(frame.Symbol);
            }

            from = frames++ == 0 ? frame.LocalTimestamp : from;
            to = frame.LocalTimestamp;
        }

        return frames > 0
            ? new RecordingSummary([.. symbols], frames, TimeSpan.FromMicroseconds(to - from))
            {
                Streams = streams,
                HasDepth = owners.HaveDepth,
            }
            : throw new RecordingException($"{path} has no frame of {exchange.Name}.");
    }

    private IEnumerable<RecordedFrame> Read(bool examine)
    {
        using var reader = Open();
        var message = new MarketMessage();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var (number, snapshots) = (0, 0);
        for (var line = Line(reader); line is not null; line = Line(reader))
        {
            var (local, frame) = Parse(line, ++number, message);
            if (message.Kind == MessageKind.Snapshot)
            {
                if (examine)
                {
                    owners.AddSnapshot(message);
                }

                yield return new RecordedFrame(local, "", examine ? "" : owners[snapshots++], frame);
                continue;
            }

            if (message.Stream.Length == 0)
            {
                continue;
            }

            if (examine)
            {
                owners.Add(message);
            }

            var symbol = message.Symbol.Length > 0 ? message.Symbol : exchange.SymbolOf(message.Stream);
            yield return message.Kind == MessageKind.Depth
                ? Offered(local, frame, message, symbol, names)
                : new RecordedFrame(local, message.Stream, symbol, frame);
        }
    }

    private (long Local, byte[] Frame) Parse(string line, int number, MarketMessage message)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || !long.TryParse(line.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds))
        {
            throw new RecordingException(
                $"{path}, line {number}: expected is a time in nanoseconds, a blank and a frame, or in the first line the columns "
                    + $"{TapeHeader.Quotes}."
            );
        }

        var frame = Encoding.UTF8.GetBytes(line[(blank + 1)..]);
        try
        {
            exchange.Read(frame, message);
        }
        catch (FormatException e)
        {
            throw new RecordingException($"{path}, line {number}: {e.Message}.", e);
        }

        message.Symbol = exchange.Spell(exchange.Name, message.Symbol) ?? message.Symbol;
        return (nanoseconds / 1000, frame);
    }

    /// <summary>Changes of books were recorded at various speeds; they are offered under the name that collectors subscribe to.</summary>
    private RecordedFrame Offered(long local, byte[] frame, MarketMessage message, string symbol, Dictionary<string, string> names)
    {
        if (!names.TryGetValue(message.Stream, out var offered))
        {
            names[message.Stream] = offered = exchange.StreamsOf(symbol, Subscription.Depth).Single().Stream;
        }

        return new RecordedFrame(
            local,
            offered,
            symbol,
            offered == message.Stream ? frame : exchange.Renamed(frame, offered),
            IsChange: true
        );
    }

    private StreamReader Open()
    {
        try
        {
            var file = File.OpenRead(path);
            return new StreamReader(
                path.EndsWith(".gz", StringComparison.Ordinal)
                    ? new ExpandedStream(new GZipStream(file, CompressionMode.Decompress), file.Length, TapeFile.Kind)
                    : file
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"The recording cannot be opened: {e.Message}", e);
        }
    }

    private string? Line(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw new RecordingException($"{path} is no whole gzip file: {e.Message}", e);
        }
    }
}
