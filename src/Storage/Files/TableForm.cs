namespace Tradepost.Storage.Files;

/// <summary>What a user says about the form of a file; what is null is found out from the whole file.</summary>
public sealed record TableForm
{
    public static readonly TableForm Unsaid = new();

    public Delimiter? Delimiter { get; init; }

    public DecimalSign? Decimal { get; init; }

    public TimeNotation? Dates { get; init; }

    public TextEncoding? Encoding { get; init; }

    /// <summary>What settles the order of day and month where a file leaves it open; null: nobody knows.</summary>
    public TimeNotation? LikelyDates { get; private init; }

    /// <summary>Whether times with an offset are moved to UTC; else they stay on the clock of their place.</summary>
    public bool IsUtc { get; init; }

    /// <summary>Columns that are texts whatever they look like; null where a command knows no such columns.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Whether the settings are fields of a request, not options of a command.</summary>
    public bool IsRequest { get; init; }

    /// <summary>The name of a setting as whoever gave the file spells it: <c>date_format</c>, or <c>--date-format</c>.</summary>
    public string Spelled(string name) => Spelled(name, IsRequest);

    /// <summary>A setting as whoever gave the file would write it.</summary>
    public string Setting(string name, string value) => IsRequest ? $"\"{name.Replace('-', '_')}\": \"{value}\"" : $"--{name} {value}";

    /// <summary>Of a file of another make that lies beside this one: only the order of day and month is likely the same.</summary>
    public TableForm Beside() =>
        new()
        {
            LikelyDates = Dates,
            IsUtc = IsUtc,
            IsRequest = IsRequest,
        };

    /// <summary>What was said, checked.</summary>
    public static TableForm Of(string? delimiter, string? decimalSign, string? dateFormat, string? encoding, bool isRequest = false) =>
        new()
        {
            IsRequest = isRequest,
            Delimiter = Read("delimiter", delimiter, Files.Delimiter.Find, "comma, semicolon, tab or pipe", isRequest),
            Decimal = Read("decimal", decimalSign, DecimalSign.Find, "point or comma", isRequest),
            Dates = Read(
                "date-format",
                dateFormat,
                TimeNotation.Find,
                "an order such as day/month/year, month/day/year or year-month-day, or a pattern such as dd.MM.yy HH:mm",
                isRequest
            ),
            Encoding = Read("encoding", encoding, TextEncoding.Find, "utf-8, utf-16, windows-1251 or windows-1252", isRequest),
        };

    private static T? Read<T>(string name, string? text, Func<string, T?> find, string expected, bool isRequest)
        where T : class =>
        text is null ? null : find(text) ?? throw new FileFormException($"{Spelled(name, isRequest)} is '{text}'; expected is {expected}.");

    private static string Spelled(string name, bool isRequest) => isRequest ? name.Replace('-', '_') : $"--{name}";
}
