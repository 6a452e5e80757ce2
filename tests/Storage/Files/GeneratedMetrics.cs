using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tradepost.Storage.Files;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Tests.Files;

/// <summary>A file of advertising figures in some form, with broken rows; which rows and rejects have to come of it is known.</summary>
internal sealed class GeneratedMetrics
{
    public static readonly FileTable Table = new(
        "ad_metrics",
        [
            new FileColumn("day", ColumnType.Date, "date"),
            new FileColumn("campaign", ColumnType.Text) { MostBytes = 60 },
            new FileColumn("impressions", ColumnType.BigInt) { Least = 0 },
            new FileColumn("clicks", ColumnType.BigInt) { Least = 0 },
            new FileColumn("spend", ColumnType.Decimal, "cost") { Precision = 12, Scale = 2 },
            new FileColumn("note", ColumnType.Text) { IsNullable = true },
        ]
    )
    {
        Rules =
        [
            new RowRule("clicks_above_impressions", "there are more clicks than impressions", (rows, row) =>
                rows[3].Values<long>()[row] <= rows[2].Values<long>()[row]
            ),
        ],
    };

    private static readonly string[] Campaigns = ["spring", "Żółć", "a b", "x,y;z|t", "two\nlines", "say \"no\"", "tab\there"];
    private static readonly string[] Cyrillic = ["весна", "летняя", "осень"];
    private static readonly string[] Absent = ["", "NA", "NULL", "\\N", "n/a"];

    private readonly Random random;
    private readonly StringBuilder text = new();
    private readonly char delimiter;
    private readonly char point;
    private readonly string dates;
    private readonly string lineEnd;
    private readonly Encoding encoding;
    private readonly bool isCompressed;
    private long line = 1;

    public GeneratedMetrics(int seed)
    {
        random = new Random(seed);
        delimiter = Of(',', ';', '\t', '|');
        point = Of('.', ',');
        dates = Of("yyyy-MM-dd", "dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "yyyyMMdd");
        lineEnd = Of("\n", "\r\n");
        encoding = Of<Encoding>(
            new UTF8Encoding(false),
            new UTF8Encoding(true),
            new UnicodeEncoding(false, true),
            CodePagesEncodingProvider.Instance.GetEncoding(1251)!
        );
        isCompressed = random.Next(3) == 0;
        Line(["Day", "CAMPAIGN", "Impressions", "clicks", "Cost", "Note", "Unknown"]);
        Add("2026-01-31", "first", 10, 1, 1.25m, null); // says the order of day and month, and the decimal sign
        for (var i = random.Next(300); i > 0; i--)
        {
            if (random.Next(5) == 0)
            {
                Break();
            }
            else
            {
                Add(
                    new DateOnly(2026, random.Next(1, 13), random.Next(1, 28)).ToString("yyyy-MM-dd"),
                    encoding.CodePage == 1251 ? Of(Cyrillic) : Of(Campaigns).Replace("\n", lineEnd, StringComparison.Ordinal),
                    random.Next(100, 1_000_000),
                    random.Next(100),
                    random.Next(1_000_000) / 100m,
                    random.Next(2) == 0 ? null : "note"
                );
            }
        }
    }

    /// <summary>What is to be in the table.</summary>
    public List<string> Rows { get; } = [];

    /// <summary>The lines that are to be rejected.</summary>
    public List<long> RejectedLines { get; } = [];

    public string Description => $"'{delimiter}' '{point}' {dates} {encoding.WebName} {(isCompressed ? "gzip" : "")} {lineEnd.Length}";

    public string WriteTo(string folder)
    {
        var path = Path.Combine(folder, "generated.csv");
        using var file = File.Create(path);
        using Stream content = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        content.Write(encoding.GetPreamble());
        content.Write(encoding.GetBytes(text.ToString()));
        return path;
    }

    private void Add(string day, string campaign, long impressions, long clicks, decimal spend, string? note)
    {
        Rows.Add(FormattableString.Invariant($"{day}|{campaign}|{impressions}|{clicks}|{spend:0.00}|{note}"));
        Line([Day(day), campaign, $"{impressions}", $"{clicks}", Number(spend), note ?? Of(Absent), "x"]);
    }

    private void Break()
    {
        var day = Day("2026-01-30");
        RejectedLines.Add(line);
        string[] cells = random.Next(11) switch
        {
            0 => [day, "short", "1"],
            1 => [day, "long", "1", "1", Number(1.5m), "", "x", "y"],
            2 => ["2026-13-45", "no day", "1", "1", Number(1.5m), "", "x"],
            3 => [day, "no number", "1e", "1", Number(1.5m), "", "x"],
            4 => [day, Of(Absent), "1", "1", Number(1.5m), "", "x"],
            5 => [day, "too many places", "1", "1", Number(1.555m), "", "x"],
            6 => [day, "negative", "-1", "-2", Number(1.5m), "", "x"],
            7 => [day, "above", "1", "2", Number(1.5m), "", "x"],
            9 => [""],
            8 => [day, new string('x', 61), "2", "1", Number(1.5m), "", "x"],
            _ => [day, "other sign", "2", "1", Number(1.5m).Replace(point, point == '.' ? ',' : '.'), "", "x"],
        };
        Line(cells);
    }

    private string Day(string day) =>
        DateOnly.TryParse(day, CultureInfo.InvariantCulture, out var date) ? date.ToString(dates, CultureInfo.InvariantCulture) : day;

    private string Number(decimal number) => number.ToString().Replace('.', point);

    private void Line(string[] cells)
    {
        var start = text.Length;
        text.AppendJoin(delimiter, cells.Select(Quoted)).Append(lineEnd);
        for (var i = start; i < text.Length; i++)
        {
            line += text[i] == '\n' ? 1 : 0;
        }
    }

    private string Quoted(string cell) =>
        cell.Contains(delimiter) || cell.AsSpan().ContainsAny("\"\r\n") || random.Next(20) == 0
            ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : cell;

    private T Of<T>(params T[] choices) => choices[random.Next(choices.Length)];
}
