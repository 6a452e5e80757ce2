using System.Collections;
using System.Globalization;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands.Output;

/// <summary>How values are shown to a person.</summary>
public static class Values
{
    internal const string Nothing = "–";

    /// <summary>Whether a value stands in one cell: a number, a text, a time.</summary>
    public static bool IsScalar(object? value) =>
        value is null or string or decimal or DateTime or DateOnly or TimeSpan or Guid or DateTimeOffset or Enum
        || value.GetType().IsPrimitive;

    internal static bool IsNumber(object? value) =>
        value
            is int
                or long
                or double
                or float
                or decimal
                or short
                or byte
                or sbyte
                or uint
                or ulong
                or ushort
                or System.Numerics.BigInteger
                or Int128;

    /// <summary>A value as text; its name tells rates and seconds from other numbers.</summary>
    public static string Show(string name, object? value) =>
        value switch
        {
            null => Nothing,
            double.NaN => Nothing,
            double or decimal when IsRate(name) => Convert.ToDouble(value, CultureInfo.InvariantCulture).ToString("0.0 %"),
            double seconds when IsSeconds(name) => $"{seconds:0.00} s",
            double number => number.ToString("#,0.###"),
            decimal money => money.ToString("N" + Math.Max((int)money.Scale, 0).ToString(), CultureInfo.InvariantCulture),
            int or long => $"{value:N0}",
            bool flag => flag ? "yes" : "no",
            Enum name1 => Spelling.Kebab(name1.ToString()),
            DateTime moment => moment.ToString(
                moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss",
                CultureInfo.InvariantCulture
            ),
            DateOnly day => day.ToString("yyyy-MM-dd"),
            byte[] bytes => $"{bytes.Length} bytes",
            string text => text,
            IEnumerable list => string.Join(", ", list.Cast<object?>().Select(item => Show(name, item))),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };

    /// <summary>A value of a query, as the database has it.</summary>
    public static string ShowRaw(object? value) =>
        value switch
        {
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF"),
            _ when IsNumber(value) => ((IFormattable)value!).ToString(null, CultureInfo.InvariantCulture),
            _ => Show("", value),
        };

    /// <summary><c>RowsRead</c> or <c>rows_read</c> as <c>rows read</c>.</summary>
    public static string Label(string name) => Spelling.Snake(name).Replace('_', ' ');

    private static bool IsRate(string name) =>
        name.EndsWith("Rate", StringComparison.OrdinalIgnoreCase) || name.EndsWith("Share", StringComparison.OrdinalIgnoreCase);

    private static bool IsSeconds(string name) => name.EndsWith("Seconds", StringComparison.OrdinalIgnoreCase);
}
