using System.Buffers;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Filing;

/// <summary>Records of the log as lines, gathered for each exchange, symbol and day.</summary>
internal sealed class RecordLines
{
    private static readonly SearchValues<char> NotInFiles = SearchValues.Create("%/\\:*?<>|");

    private readonly QuoteRecords records = new();
    private readonly Dictionary<(TapeKind Kind, string Exchange, string Symbol, long Day), (string Name, LineWriter Lines)> files = [];

    /// <summary>Bytes that are gathered.</summary>
    public long Bytes => files.Values.Sum(file => (long)file.Lines.Length);

    /// <summary>What is gathered, by the names of files.</summary>
    public IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> Texts =>
        files.Values.Where(file => file.Lines.Length > 0).Select(file => KeyValuePair.Create(file.Name, file.Lines.Written));

    /// <summary>Adds a record; a file that is not known gets its header first.</summary>
    public void Add(ReadOnlySpan<byte> record, FilePositions known)
    {
        switch (QuoteRecords.KindOf(record))
        {
            case RecordKind.Quote:
                var quote = records.ReadQuote(record);
                LinesOf(TapeKind.Quotes, quote.Exchange, quote.Symbol, quote.Timestamp, known).Line(quote);
                break;
            case RecordKind.Trade:
                var trade = records.ReadTrade(record);
                Write(LinesOf(TapeKind.Trades, trade.Exchange, trade.Symbol, trade.Timestamp, known), trade);
                break;
            case RecordKind.Gap:
                var gap = records.ReadGap(record);
                Write(LinesOf(TapeKind.Gaps, gap.Exchange, gap.Symbol, gap.From, known), gap);
                break;
        }
    }

    /// <summary>Forgets what was gathered.</summary>
    public void Clear()
    {
        // Days of the past are not written to again.
        foreach (var idle in files.Where(file => file.Value.Lines.Length == 0).Select(file => file.Key).ToList())
        {
            files.Remove(idle);
        }

        foreach (var (_, lines) in files.Values)
        {
            lines.Clear();
        }
    }

    private LineWriter LinesOf(TapeKind kind, string exchange, string symbol, long timestamp, FilePositions known)
    {
        var key = (kind, exchange, symbol, Day: timestamp / Moment.Day);
        if (!files.TryGetValue(key, out var file))
        {
            var day = DateTime.UnixEpoch.AddDays(key.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            file = files[key] = ($"{Escaped(exchange)}_{TapeHeader.FileTypeOf(kind)}_{day}_{Escaped(symbol)}.csv.gz", new LineWriter());
        }

        if (file.Lines.Length == 0 && !known.Files.ContainsKey(file.Name))
        {
            file.Lines.Header(TapeHeader.Of(kind));
        }

        return file.Lines;
    }

    /// <summary>A name as part of a file's: what would be a folder, or is not allowed everywhere, is written as in addresses.</summary>
    private static string Escaped(string name) =>
        name.AsSpan().ContainsAny(NotInFiles)
            ? string.Concat(name.Select(letter => NotInFiles.Contains(letter) ? Uri.HexEscape(letter) : letter.ToString()))
            : name;

    private static void Write(LineWriter lines, in Trade trade)
    {
        lines.Text(trade.Exchange);
        lines.Text(trade.Symbol);
        lines.Number(trade.Timestamp);
        lines.Number(trade.LocalTimestamp);
        lines.Number(trade.Id);
        lines.Text(trade.IsSell ? "sell" : "buy");
        lines.Decimal(trade.Price);
        lines.Decimal(trade.Amount);
        lines.End();
    }

    private static void Write(LineWriter lines, in Gap gap)
    {
        lines.Text(gap.Exchange);
        lines.Text(gap.Symbol);
        lines.Number(gap.From);
        lines.Number(gap.To);
        lines.Number(gap.FromUpdateId);
        lines.Number(gap.ToUpdateId);
        lines.Text(gap.Stream);
        lines.Text(gap.Reason);
        lines.End();
    }
}
