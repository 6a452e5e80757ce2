using Tradepost.Storage.Files;
using Tradepost.Storage.Loading;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Replaying;

/// <summary>
/// Quotes in Tardis's columns as frames of quotes: those lines that an import takes as rows, with the exchange and the microseconds of each
/// beside what the exchange's frames have.
/// </summary>
internal sealed class TapeRecording : Recording
{
    private const string Elsewhere = "`tradepost trading import` keeps such lines with their reasons.";

    private readonly string path;
    private readonly Exchange exchange;
    private readonly HashSet<(string Exchange, string Symbol)> markets = [];

    public TapeRecording(string path, Exchange exchange)
    {
        (this.path, this.exchange) = (path, exchange);
        Summary = Examine();
    }

    public override RecordingSummary Summary { get; }

    // The files have no update ids; their lines are in order, and so are their numbers.
    public override IEnumerable<RecordedFrame> Frames =>
        Rows(_ => { })
            .Select(row => new RecordedFrame(
                row.Quote.LocalTimestamp,
                StreamOf(row.Quote),
                row.Quote.Symbol,
                exchange.WriteQuote(StreamOf(row.Quote), row.Number, row.Quote)
            ));

    /// <summary>Which symbols of which exchanges there are.</summary>
    public IReadOnlyCollection<(string Exchange, string Symbol)> Markets => markets;

    private RecordingSummary Examine()
    {
        var (rows, from, to) = (0L, 0L, 0L);
        var (leftOut, first) = (0L, "");
        foreach (
            var (_, quote) in Rows(reject =>
            {
                first = leftOut++ == 0 ? $"line {reject.Line} ({reject.Defect.Name()})" : first;
            })
        )
        {
            markets.Add((quote.Exchange, quote.Symbol));
            from = rows++ == 0 ? quote.LocalTimestamp : from;
            to = quote.LocalTimestamp;
        }

        var told =
            leftOut == 0 ? null
            : leftOut == 1 ? $"1 line of {path} is no row and is not played, {first}; {Elsewhere}"
            : $"{leftOut} lines of {path} are no rows and are not played, the first {first}; {Elsewhere}";
        return rows > 0
            ? new RecordingSummary(
                [.. markets.Select(market => market.Symbol).Distinct().Order(StringComparer.Ordinal)],
                rows,
                TimeSpan.FromMicroseconds(Math.Max(0, to - from))
            )
            {
                Streams = [.. markets.Select(market => exchange.StreamOfRecorded(market.Exchange, market.Symbol))],
                LeftOut = told,
            }
            : throw new RecordingException($"{path} has no row of quotes" + (told is null ? "." : $": {told}"));
    }

    /// <summary>The rows with the numbers of their lines.</summary>
    private IEnumerable<(long Number, Quote Quote)> Rows(Action<(long Line, Defect Defect)> onRejected)
    {
        var rows = new TapeRows(TapeKind.Quotes, keepRepeated: false);
        var batch = new RowBatch(TapeRows.ColumnsOf(TapeKind.Quotes), capacity: 1);
        using var reader = Open();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (TryRead(reader, rows, batch, out var defect))
        {
            if (defect.IsTaken())
            {
                yield return (reader.LineNumber, QuoteOf(batch, names));
            }
            else
            {
                onRejected((reader.LineNumber, defect));
            }
        }
    }

    private LineReader Open()
    {
        try
        {
            var reader = TapeFile.Of(path).Read();
            reader.TryRead(out _); // the header, by which the file was recognised
            return reader;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"The recording cannot be opened: {e.Message}", e);
        }
    }

    private bool TryRead(LineReader reader, TapeRows rows, RowBatch batch, out Defect defect)
    {
        try
        {
            batch.Clear();
            var isLine = reader.TryRead(out var line);
            defect =
                !isLine ? Defect.None
                : reader.Tail > 0 ? Defect.CutOff
                : rows.Add(batch, line);
            return isLine;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new RecordingException($"{path} cannot be read beyond line {reader.LineNumber}: {e.Message}", e);
        }
    }

    private static Quote QuoteOf(RowBatch batch, Dictionary<string, string> names)
    {
        Int128 Units(int column) => batch[column].IsNull(0) ? 0 : batch[column].Values<Int128>()[0];
        return new Quote(
            Once(names, TextOf(batch[0].AsText()[0])),
            Once(names, TextOf(batch[1].AsText()[0])),
            0,
            batch[2].Values<long>()[0],
            batch[3].Values<long>()[0],
            Units(4),
            Units(5),
            Units(6),
            Units(7)
        );
    }

    /// <summary>The same few names come again and again.</summary>
    private static string Once(Dictionary<string, string> names, string name) =>
        names.TryGetValue(name, out var known) ? known : names[name] = name;

    private string StreamOf(in Quote quote) => exchange.StreamOfRecorded(quote.Exchange, quote.Symbol);
}
