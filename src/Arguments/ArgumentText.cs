using System.Globalization;
using System.Text.RegularExpressions;

namespace Tradepost.Arguments;

/// <summary>The values of arguments as text: what is read, what is expected, and how a value is shown.</summary>
internal static partial class ArgumentText
{
    private static readonly string[] Moments =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The value that a text stands for, or null when it does not stand for one of this type.</summary>
    public static object? Read(Type type, string text)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).FirstOrDefault(name => IsName(name, text)) is { } found ? Enum.Parse(type, found) : null;
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => text,
            TypeCode.Int32 => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null,
            TypeCode.Int64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : null,
            TypeCode.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
                ? value
                : null,
            TypeCode.Decimal => decimal.TryParse(
                text,
                NumberStyles.Number & ~NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture,
                out var value
            )
                ? value
                : null,
            TypeCode.Boolean => ReadFlag(text),
            TypeCode.DateTime => ReadMoment(text),
            _ when type == typeof(DateOnly) => DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var day
            )
                ? day
                : null,
            _ when type == typeof(TimeSpan) => ReadDuration(text),
            _ => throw new NotSupportedException($"{type} cannot be the type of an argument."),
        };
    }

    /// <summary>What a text of this type looks like, as the end of "… is expected".</summary>
    public static string Expectation(Type type) =>
        Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 when !type.IsEnum => "a whole number",
            TypeCode.Double or TypeCode.Decimal => "a number such as 2.5",
            TypeCode.Boolean => "true or false",
            TypeCode.DateTime => "a moment in UTC such as 2026-01-31 or 2026-01-31T12:00",
            _ when type == typeof(DateOnly) => "a day such as 2026-01-31",
            _ when type == typeof(TimeSpan) => "a duration such as 30s, 10m, 2h, 1d or 00:10:00",
            _ => "a text",
        };

    /// <summary>A value as its user would type it.</summary>
    public static string Show(object value) =>
        value switch
        {
            Enum name => Spelling.Kebab(name.ToString()),
            bool flag => flag ? "true" : "false",
            DateOnly day => day.ToString("yyyy-MM-dd"),
            DateTime moment => moment.ToString(
                moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss",
                CultureInfo.InvariantCulture
            ),
            TimeSpan duration => Show(duration),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            Array list => string.Join(", ", list.Cast<object>().Select(Show)),
            _ => value.ToString() ?? "",
        };

    private static string Show(TimeSpan duration) =>
        duration switch
        {
            { Milliseconds: not 0 } => duration.ToString("c"),
            { Ticks: 0 } => "0s",
            { Hours: 0, Minutes: 0, Seconds: 0 } => $"{duration.TotalDays}d",
            { Minutes: 0, Seconds: 0 } => $"{duration.TotalHours}h",
            { Seconds: 0 } => $"{duration.TotalMinutes}m",
            _ => $"{duration.TotalSeconds}s",
        };

    private static bool IsName(string name, string text) =>
        string.Equals(Spelling.Kebab(name), text.Replace('_', '-'), StringComparison.OrdinalIgnoreCase);

    private static object? ReadFlag(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "yes" or "1" or "" => true,
            "false" or "no" or "0" => false,
            _ => null,
        };

    // Without a kind, as every time in the stores: the drivers refuse a UTC kind for a column without time zone.
    private static DateTime? ReadMoment(string text) =>
        DateTime.TryParseExact(
            text,
            Moments,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? DateTime.SpecifyKind(moment, DateTimeKind.Unspecified)
            : null;

    private static TimeSpan? ReadDuration(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success)
        {
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var clock)
                ? clock
                : null;
        }

        var unit = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => TimeSpan.TicksPerDay,
        };
        var ticks = decimal.Parse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * unit;
        return ticks <= TimeSpan.MaxValue.Ticks ? TimeSpan.FromTicks((long)ticks) : null;
    }

    [GeneratedRegex(@"^(?<number>\d{1,9}(\.\d{1,9})?)(?<unit>ms|s|m|h|d)\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
