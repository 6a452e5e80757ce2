using System.Globalization;
using System.Text;

namespace Tradepost.App.Tests.Tables;

/// <summary>A CSV file made by chance, whose form is known, with nothing or one thing wrong.</summary>
internal sealed class GeneratedFile
{
    public static readonly string[] Names = ["ds", "y", "z", "town"];

    private static readonly string[] NoValues = ["", "NA", "N/A", "nan", "NULL", "None", "#N/A"];
    private static readonly string[] NoNumbers = ["5%", "inf", "1.2.3", "12x", "0x1F", "1 000", "--5", "1e999"];
    private static readonly string[] NoTimes = ["soon", "2024-02-30", "12:30", "", "1/2", "2024-13-01"];
    private static readonly string[] Plain = ["Rome", "Oslo", "Bern", "a, b", "a;b", "a|b", "a\tb", "say \"no\"", "", "two\nlines", "x"];
    private static readonly string[] Cyrillic = ["Київ", "Львів", "Москва", "Одеса", "місто, біля моря"];
    private static readonly string[] Western = ["München", "Orléans", "Málaga", "Tromsø", "Århus"];

    private static readonly (string Format, string Name)[] Notations =
    [
        ("yyyy-MM-dd", "year-month-day"),
        ("yyyy-MM-dd HH:mm", "year-month-day"),
        ("yyyy-MM-ddTHH:mm:ss", "year-month-day"),
        ("yyyy-MM-ddTHH:mm:ss.fff", "year-month-day"),
        ("yyyy-MM-ddTHH:mm:ss'+02:00'", "year-month-day"),
        ("dd.MM.yyyy", "day.month.year"),
        ("d.M.yyyy HH:mm", "day.month.year"),
        ("dd/MM/yyyy", "day/month/year"),
        ("MM/dd/yyyy", "month/day/year"),
        ("M/d/yyyy h:mm tt", "month/day/year"),
        ("dd-MM-yyyy", "day-month-year"),
        ("yyyy/MM/dd", "year/month/day"),
        ("yyyyMMdd", "yearmonthday"),
        ("dd-MMM-yyyy", "day-month-year with the month's name"),
        ("d MMMM yyyy", "day month year with the month's name"),
    ];

    private static readonly string[] Encodings = ["utf-8", "utf-8-mark", "utf-16", "utf-16be", "windows-1251", "windows-1252"];

    private readonly Random random;
    private readonly StringBuilder text = new();
    private readonly string lineEnd;
    private int line = 1;

    public GeneratedFile(int seed)
    {
        random = new Random(seed);
        Delimiter = Pick(",;\t|".ToCharArray());
        Decimal = Pick('.', '.', ',');
        (TimeFormat, TimeName) = Pick(Notations);
        EncodingName = Pick(Encodings);
        lineEnd = Pick("\n", "\r\n", "\r");
        Fault = random.Next(3) == 0 ? (GeneratedFault)random.Next(1, Enum.GetValues<GeneratedFault>().Length) : GeneratedFault.None;
        Rows = random.Next(1, 25);
        FaultRow = random.Next(Rows);
        Write();
        Bytes = Encode();
    }

    public char Delimiter { get; }

    public char Decimal { get; }

    public string TimeFormat { get; }

    public string TimeName { get; }

    public string EncodingName { get; }

    public GeneratedFault Fault { get; private set; }

    public int Rows { get; }

    public int FaultRow { get; }

    /// <summary>Where the fault is.</summary>
    public int FaultLine { get; private set; } = 1;

    public byte[] Bytes { get; }

    public Encoding Encoding =>
        EncodingName switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-mark" => new UTF8Encoding(true),
            "utf-16" => new UnicodeEncoding(false, true),
            "utf-16be" => new UnicodeEncoding(true, true),
            _ => CodePagesEncodingProvider.Instance.GetEncoding(EncodingName)!,
        };

    private void Write()
    {
        var time = new DateTime(random.Next(1990, 2030), random.Next(1, 13), random.Next(1, 28), random.Next(24), random.Next(60), 0);
        WriteRow([Names[0], Names[1], Fault == GeneratedFault.DoubledHeader ? "y" : Names[2], Names[3]], isHeader: true);
        for (var row = 0; row < Rows; row++)
        {
            var cells = new List<string> { time.ToString(TimeFormat, CultureInfo.InvariantCulture), Number(), Number(), Town() };
            if (row == FaultRow)
            {
                FaultLine = Fault is GeneratedFault.None or GeneratedFault.DoubledHeader ? 1 : line;
                Break(cells, time);
            }

            WriteRow(cells, isHeader: false);
            time = time.AddDays(random.Next(1, 40)).AddMinutes(random.Next(1000));
        }

        if (random.Next(4) == 0 && Fault == GeneratedFault.None)
        {
            text.Length -= lineEnd.Length;
        }
    }

    private void Break(List<string> cells, DateTime time)
    {
        switch (Fault)
        {
            case GeneratedFault.CellTooMany:
                cells.Add("1");
                break;
            case GeneratedFault.CellTooFew:
                cells.RemoveAt(3);
                break;
            case GeneratedFault.NoNumber:
                cells[1] = Pick(NoNumbers);
                break;
            case GeneratedFault.NoTime:
                cells[0] = Pick(NoTimes);
                break;
            case GeneratedFault.OtherNotation when FaultRow > 0:
                cells[0] = time.ToString(
                    TimeFormat.StartsWith("yyyy-MM", StringComparison.Ordinal) ? "dd.MM.yyyy" : "yyyy-MM-dd",
                    CultureInfo.InvariantCulture
                );
                break;
            case GeneratedFault.OtherNotation:
                Fault = GeneratedFault.None;
                break;
            case GeneratedFault.BlankLine:
                text.Append(lineEnd);
                line++;
                break;
            default:
                break; // in the header, or in how the row is written
        }
    }

    private void WriteRow(List<string> cells, bool isHeader)
    {
        var isBroken = !isHeader && FaultLine == line && (Fault is GeneratedFault.StrayQuote or GeneratedFault.OpenQuote);
        for (var i = 0; i < cells.Count; i++)
        {
            text.Append(i > 0 ? Delimiter.ToString() : "");
            text.Append(
                isBroken && i == 1
                    ? Fault == GeneratedFault.StrayQuote
                        ? "1\"2"
                        : "\"1"
                    : Quoted(cells[i])
            );
        }

        text.Append(lineEnd);
        line += 1 + cells.Sum(cell => cell.Count(sign => sign == '\n'));
    }

    private string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny($"{Delimiter}\"\r\n") >= 0 || random.Next(8) == 0
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;

    private string Number()
    {
        if (random.Next(10) == 0)
        {
            return Pick(NoValues);
        }

        var number = (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(7));
        var written = number.ToString(Pick("0", "0.0", "0.00", "0.000", "0.0000", "0.0##E+0"), CultureInfo.InvariantCulture);
        return written.Replace('.', Decimal);
    }

    private string Town() =>
        EncodingName switch
        {
            "windows-1251" => Pick(random.Next(3) == 0 ? Plain : Cyrillic),
            "windows-1252" => Pick(random.Next(3) == 0 ? Plain : Western),
            _ => Pick(Pick(Plain, Cyrillic, Western)),
        };

    private byte[] Encode()
    {
        byte[] bytes = [.. Encoding.GetPreamble(), .. Encoding.GetBytes(text.ToString())];
        if (Fault != GeneratedFault.BrokenByte)
        {
            return bytes;
        }

        // At the end, so that the line is that of the last row.
        FaultLine = 0;
        return EncodingName is "utf-16" or "utf-16be" ? [.. bytes, 0x61]
            : EncodingName == "windows-1251" ? [.. bytes, 0x98]
            : EncodingName == "windows-1252" ? [.. bytes, 0x81]
            : [.. bytes, .. "é"u8, 0xFF];
    }

    private T Pick<T>(params T[] from) => from[random.Next(from.Length)];
}

/// <summary>What is wrong with a generated file.</summary>
internal enum GeneratedFault
{
    None,
    CellTooMany,
    CellTooFew,
    NoNumber,
    NoTime,
    OtherNotation,
    BlankLine,
    StrayQuote,
    OpenQuote,
    DoubledHeader,
    BrokenByte,
}
