using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Candles;

/// <summary>Reads the rows of a file of candles, symbol by symbol, and keeps aside what is none.</summary>
/// <param name="file">The file.</param>
/// <param name="now">The time; candles that end later have not ended. In microseconds.</param>
internal sealed class CandleRows(CandleFile file, long now)
{
    private const int LongestKept = 1_000;
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly RecordCells cells = new(file.Delimiter);
    private readonly Dictionary<string, List<CandleRow>> bySymbol = new(StringComparer.Ordinal);
    private string lastSymbol = file.Symbol ?? "";
    private List<CandleRow>? last;

    /// <summary>Rows that can be candles.</summary>
    public IReadOnlyDictionary<string, List<CandleRow>> BySymbol => bySymbol;

    /// <summary>Rows that cannot.</summary>
    public List<Reject> Rejects { get; } = [];

    /// <summary>Lines that are none of the table.</summary>
    public long Comments { get; private set; } = file.HeaderLine - 1;

    /// <summary>Reads the file to its end.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(CancellationToken cancellationToken)
    {
        using var reader = file.File.Read();
        while (reader.TryRead(out var line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.LineNumber <= file.HeaderLine)
            {
                continue;
            }

            if (Missing.Trim(line) is [] or [(byte)'#', ..])
            {
                Comments++;
            }
            else if (Find(line, out var row, out var problem) is { } rule)
            {
                Rejects.Add(RejectOf(file.File.Name, reader.LineNumber, rule, problem, TextOf(line)));
            }
            else
            {
                last!.Add(row with { Line = reader.LineNumber }); // Find has set it
            }
        }

        if (reader.Tail > 0)
        {
            Rejects.Add(RejectOf(file.File.Name, reader.LineNumber, "cut_off", "the file ends in the middle of the row", ""));
        }
    }

    /// <summary>What is kept of a row that is no candle.</summary>
    public static Reject RejectOf(string file, long line, string rule, string problem, string row) =>
        new(line, rule, $"{file}, line {line}: {problem}", JsonSerializer.Serialize(new { line = row }, Readable));

    /// <summary>Reads a row; gives the rule that it breaks, or null.</summary>
    private string? Find(ReadOnlySpan<byte> line, out CandleRow row, out string problem)
    {
        (row, problem) = (default, "");
        if (!cells.TrySplit(line, out _))
        {
            problem = "a quote begins or ends where none may";
            return FileRule.Quotes;
        }

        if (line.SequenceEqual(file.Header))
        {
            problem = "the header stands there again";
            return FileRule.RepeatedHeader;
        }

        if (cells.Count != file.Columns.Width)
        {
            problem = $"the row has {cells.Count} cells; expected are {file.Columns.Width}, as in the header";
            return FileRule.CellCount;
        }

        var time = Cell(line, CandleField.Time);
        if (!file.Times.TryRead(time, out var moment, out var unit))
        {
            problem = $"the time is '{Shown.Cell(time)}'; expected is a date, or seconds, milliseconds or microseconds since 1970";
            return CandleRule.Time;
        }

        if (!TrySymbol(line))
        {
            problem = $"the symbol is '{Shown.Cell(Cell(line, CandleField.Symbol))}'; expected is {Names.ExpectedSymbol}";
            return CandleRule.Symbol;
        }

        return FindPrices(line, moment, out var candle, out problem) is { } rule
            ? rule
            : FindEnd(
                line,
                row = new CandleRow(0, candle, StepOf(Cell(line, CandleField.Volume)), unit, HasOtherTime(line, moment)),
                out problem
            );
    }

    private string? FindPrices(ReadOnlySpan<byte> line, long moment, out Candle candle, out string problem)
    {
        candle = default;
        Span<double> values = stackalloc double[8];
        for (var i = 0; i < values.Length; i++)
        {
            var field = CandleField.Open + i;
            var cell = Cell(line, field);
            var isPrice = field <= CandleField.Close;
            if (Missing.Is(cell))
            {
                if (isPrice)
                {
                    problem = $"{Spelled(field)} has no value";
                    return FileRule.Missing;
                }

                values[i] = double.NaN;
            }
            else if (
                !double.TryParse(Missing.Trim(cell), Number, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i])
            )
            {
                problem = $"{Spelled(field)} is '{Shown.Cell(cell)}'; expected is a number";
                return FileRule.WrongType;
            }
        }

        candle = new Candle(moment, values[0], values[1], values[2], values[3])
        {
            Volume = values[4],
            QuoteVolume = values[5],
            Trades = values[6],
            TakerBuyVolume = values[7],
        };
        problem = Impossible(candle) ?? "";
        return problem.Length > 0 ? CandleRule.Prices : null;
    }

    private string? FindEnd(ReadOnlySpan<byte> line, in CandleRow row, out string problem)
    {
        problem = "";
        if (row.Candle.OpenTime < now)
        {
            return null;
        }

        problem = $"the time is '{Shown.Cell(Cell(line, CandleField.Time))}', which has not come yet";
        return CandleRule.NotEnded;
    }

    private static string? Impossible(in Candle candle) =>
        candle.Low <= 0 ? $"low is {candle.Low:R}; expected is a price above 0"
        : candle.Low > Math.Min(candle.Open, candle.Close) ? $"low is {candle.Low:R}, above open or close"
        : candle.High < Math.Max(candle.Open, candle.Close) ? $"high is {candle.High:R}, below open or close"
        : candle.Volume < 0 || candle.QuoteVolume < 0 || candle.Trades < 0 || candle.TakerBuyVolume < 0 ? "an amount is below 0"
        : null;

    private bool TrySymbol(ReadOnlySpan<byte> line)
    {
        if (file.Symbol is null)
        {
            var symbol = Names.Raise(
                Encoding.UTF8.GetString(Missing.Trim(Cell(line, CandleField.Symbol))).Replace("/", "", StringComparison.Ordinal)
            );
            if (symbol != lastSymbol)
            {
                (lastSymbol, last) = (symbol, null);
            }
        }

        if (last is not null)
        {
            return true;
        }

        if (!Names.IsSymbol(lastSymbol))
        {
            return false;
        }

        last = bySymbol.TryGetValue(lastSymbol, out var known) ? known : bySymbol[lastSymbol] = [];
        return true;
    }

    private bool HasOtherTime(ReadOnlySpan<byte> line, long moment) =>
        file.Columns[CandleField.SecondTime] >= 0
        && file.Times.TryRead(Cell(line, CandleField.SecondTime), out var other, out _)
        && other != moment;

    /// <summary>An empty cell where the file has no such column.</summary>
    private ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> line, CandleField field) =>
        file.Columns[field] is >= 0 and var at ? cells.Cell(line, at) : default;

    private static double StepOf(ReadOnlySpan<byte> cell)
    {
        var point = cell.IndexOf((byte)'.');
        return point < 0 ? 1 : Math.Pow(10, point + 1 - cell.Length);
    }

    private static string Spelled(CandleField field) =>
        field switch
        {
            CandleField.QuoteVolume => "the volume in the quote currency",
            CandleField.TakerBuyVolume => "the volume that takers bought",
            _ => field.ToString().ToLowerInvariant(),
        };

    private static string TextOf(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestKept)]).Replace('\0', '\uFFFD');
}
