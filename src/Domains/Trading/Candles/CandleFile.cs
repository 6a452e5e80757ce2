using System.Text;
using System.Text.RegularExpressions;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage.Files;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Candles;

/// <summary>A file of candles, and how it is read: where its header is, what stands between cells and what each column is.</summary>
internal sealed partial record CandleFile(
    DataFile File,
    long HeaderLine,
    byte[] Header,
    byte Delimiter,
    CandleColumns Columns,
    CandleTime Times,
    string? Symbol
)
{
    /// <summary>Lines above a header that are looked at.</summary>
    private const int MostComments = 50;
    private const int SurveyedLines = 10_000;

    private static readonly byte[] Delimiters = [(byte)',', (byte)';', (byte)'\t', (byte)'|'];
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>What the name says of the symbol: what stands before the timeframe in it; null where it says nothing.</summary>
    public static string? SymbolIn(string name)
    {
        var match = NameOfFile().Match(Path.GetFileName(name));
        return match.Success ? Names.Raise(match.Groups["symbol"].Value) : null;
    }

    /// <summary>What the name says of the timeframe; null where it says nothing.</summary>
    public Timeframe? NamedTimeframe =>
        NameOfFile().Match(Path.GetFileName(File.Name)) is { Success: true } match
            ? match.Groups["unit"].Value is ['h' or 'H', ..] || match.Groups["count"].Value == "60"
                ? Timeframe.Hour
                : Timeframe.Minute
            : null;

    /// <summary>Finds how a file is read.</summary>
    /// <exception cref="JobFailedException">It is no file of candles.</exception>
    public static CandleFile Open(DataFile file, CandlesOptions options)
    {
        using var reader = file.Read();
        var nearest = new CandleColumns([]);
        for (var i = 0; i < MostComments && reader.TryRead(out var line); i++)
        {
            line = line.StartsWith(Mark) ? line[Mark.Length..] : line;
            foreach (var delimiter in Delimiters)
            {
                var cells = new RecordCells(delimiter);
                var columns = cells.TrySplit(line, out _) ? new CandleColumns(Texts(cells, line)) : nearest;
                nearest = columns.Known > nearest.Known ? columns : nearest;
                if (columns.AreCandles)
                {
                    return Survey(file, reader, line.ToArray(), cells, delimiter, columns, options);
                }
            }
        }

        var lacking = new[] { CandleField.Time, CandleField.Open, CandleField.High, CandleField.Low, CandleField.Close }.Where(field =>
            nearest[field] < 0
        );
        throw new JobFailedException(
            $"{file.Name} has no header of candles; expected are columns such as unix or date, open, high, low, close and volume"
                + (nearest.Known > 0 ? $", of which {string.Join(" and ", lacking).ToLowerInvariant()} is not there." : ".")
        );
    }

    private static CandleFile Survey(
        DataFile file,
        LineReader reader,
        byte[] header,
        RecordCells cells,
        byte delimiter,
        CandleColumns columns,
        CandlesOptions options
    )
    {
        var headerLine = reader.LineNumber;
        var form = TableForm.Of(null, null, options.DateFormat, null);
        var survey = new TimeSurvey(form.Dates);
        var (isPlain, symbol) = (true, options.Symbol);
        for (var i = 0; i < SurveyedLines && reader.TryRead(out var line); i++)
        {
            if (!cells.TrySplit(line, out _) || cells.Count != columns.Width || line.SequenceEqual(header))
            {
                continue;
            }

            symbol ??= columns[CandleField.Symbol] is >= 0 and var at ? Encoding.UTF8.GetString(cells.Cell(line, at)) : null;
            var time = cells.Cell(line, columns[CandleField.Time]);
            isPlain &= CandleTime.IsPlain(time);
            if (isPlain && i > 0)
            {
                break; // what is read as it stands needs no notation
            }

            if (!isPlain)
            {
                survey.Add(time, out _);
            }
        }

        if (!isPlain && form.Dates is null && !survey.IsClear && survey.Found.Count > 1)
        {
            throw survey.Ambiguous(file.Name, "the time", form);
        }

        var notation = form.Dates ?? (isPlain || survey.Found.Count == 0 ? TimeNotation.Iso : survey.Found[0]);
        columns.Settle(symbol ?? SymbolIn(file.Name) ?? "");
        return new CandleFile(
            file,
            headerLine,
            header,
            delimiter,
            columns,
            new CandleTime(notation),
            options.Symbol is { } said ? Names.Raise(said)
                : columns[CandleField.Symbol] >= 0 ? null
                : SymbolIn(file.Name) ?? throw NoSymbol(file)
        );
    }

    private static JobFailedException NoSymbol(DataFile file) =>
        new(
            new Sentence(
                $"Neither a column nor the name of {file.Name} says which symbol its candles are of; say it with {nameof(CandlesOptions.Symbol):argument}."
            ),
            2
        );

    private static string[] Texts(RecordCells cells, ReadOnlySpan<byte> line)
    {
        var texts = new string[cells.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(cells.Cell(line, i));
        }

        return texts;
    }

    [GeneratedRegex(
        @"(?:^|[_ ])(?<symbol>[^_ ]+)[_\- ](?<count>1|60)(?<unit>m|min|minute|h|hr|hour)(?=[_.\- ]|$)",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NameOfFile();
}
