using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Replaying;

/// <summary>
/// What an exchange sent, from a file: a capture (local time in nanoseconds, a blank, the frame, line by line) or quotes in Tardis's columns, which
/// become frames again. Both may be compressed by gzip.
/// </summary>
internal static class Recording
{
    private const string QuoteHeader = "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount";

    /// <summary>Reads the file line by line, each time it is gone through.</summary>
    /// <exception cref="RecordingException">It is missing, or not such a file; the message says in which line.</exception>
    public static IEnumerable<RecordedFrame> Read(string path, Exchange exchange)
    {
        using var reader = Open(path);
        var first = Line(path, reader) ?? throw new RecordingException($"{path} is empty; expected is a capture or a CSV file of quotes.");
        foreach (var frame in first.TrimStart('\uFEFF') == QuoteHeader ? Quotes(path, reader) : Captured(path, first, reader, exchange))
        {
            yield return frame;
        }
    }

    /// <summary>Goes through the whole file.</summary>
    /// <exception cref="RecordingException">It is missing, holds nothing, or is not such a file.</exception>
    public static RecordingSummary Examine(string path, Exchange exchange)
    {
        var symbols = new SortedSet<string>(StringComparer.Ordinal);
        var (last, frames, from, to) = ("", 0L, 0L, 0L);
        foreach (var frame in Read(path, exchange).Where(frame => !frame.IsSnapshot))
        {
            if (frame.Stream != last)
            {
                last = frame.Stream;
                symbols.Add(last.Split('@')[0].ToUpperInvariant());
            }

            from = frames++ == 0 ? frame.LocalTimestamp : from;
            to = frame.LocalTimestamp;
        }

        return frames > 0
            ? new RecordingSummary([.. symbols], frames, TimeSpan.FromMicroseconds(to - from))
            : throw new RecordingException($"{path} has no frame of {exchange.Name}.");
    }

    private static StreamReader Open(string path)
    {
        try
        {
            var file = File.OpenRead(path);
            return new StreamReader(
                path.EndsWith(".gz", StringComparison.Ordinal)
                    ? new ExpandedStream(new GZipStream(file, CompressionMode.Decompress), file.Length)
                    : file
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"The recording cannot be opened: {e.Message}", e);
        }
    }

    private static string? Line(string path, StreamReader reader)
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

    private static IEnumerable<RecordedFrame> Captured(string path, string first, StreamReader reader, Exchange exchange)
    {
        var message = new MarketMessage();
        var depth = new Dictionary<string, (string Stream, byte[] From, byte[] To)>(StringComparer.Ordinal);
        var number = 0;
        for (var line = first; line is not null; line = Line(path, reader))
        {
            number++;
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0 || !long.TryParse(line.AsSpan(0, blank), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds))
            {
                throw new RecordingException(
                    $"{path}, line {number}: expected is a time in nanoseconds, a blank and a frame, or in the first line the columns {QuoteHeader}."
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

            if (message.Stream.Length > 0 || message.Bids.Count > 0)
            {
                yield return message.Kind == MessageKind.Depth
                    ? Offered(frame, nanoseconds / 1000, message, exchange, depth)
                    : new RecordedFrame(nanoseconds / 1000, message.Stream, frame);
            }
        }
    }

    /// <summary>Changes of books were recorded at various speeds; they are offered under the name that collectors subscribe to.</summary>
    private static RecordedFrame Offered(
        byte[] frame,
        long local,
        MarketMessage message,
        Exchange exchange,
        Dictionary<string, (string Stream, byte[] From, byte[] To)> names
    )
    {
        if (!names.TryGetValue(message.Stream, out var name))
        {
            var offered = exchange.StreamsOf(message.Symbol, Subscription.Depth).Single().Stream;
            names[message.Stream] = name = (
                offered,
                Encoding.UTF8.GetBytes($"\"{message.Stream}\""),
                Encoding.UTF8.GetBytes($"\"{offered}\"")
            );
        }

        var at = name.Stream == message.Stream ? -1 : frame.AsSpan().IndexOf(name.From);
        return new RecordedFrame(
            local,
            name.Stream,
            at < 0 ? frame : [.. frame.AsSpan(0, at), .. name.To, .. frame.AsSpan(at + name.From.Length)]
        );
    }

    private static IEnumerable<RecordedFrame> Quotes(string path, StreamReader reader)
    {
        var number = 1;
        for (var line = Line(path, reader); line is not null; line = Line(path, reader))
        {
            number++;
            var cells = line.Split(',');
            if (
                cells.Length != 8
                || !long.TryParse(cells[2], CultureInfo.InvariantCulture, out var timestamp)
                || !long.TryParse(cells[3], CultureInfo.InvariantCulture, out var local)
            )
            {
                throw new RecordingException($"{path}, line {number}: expected are the columns {QuoteHeader}.");
            }

            // The files have no update ids; their lines are in order, and so are their numbers.
            var frame = string.Create(
                CultureInfo.InvariantCulture,
                $$$"""{"stream":"{{{cells[1].ToLowerInvariant()}}}@bookTicker","data":{"e":"bookTicker","u":{{{number}}},"E":{{{timestamp / 1000}}},"T":{{{timestamp / 1000}}},"s":"{{{cells[1]}}}","b":"{{{cells[6]}}}","B":"{{{cells[7]}}}","a":"{{{cells[5]}}}","A":"{{{cells[4]}}}"}}"""
            );
            yield return new RecordedFrame(local, $"{cells[1].ToLowerInvariant()}@bookTicker", Encoding.UTF8.GetBytes(frame));
        }
    }
}
