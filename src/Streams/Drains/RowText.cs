using System.Globalization;
using System.Text;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Streams.Drains;

/// <summary>Values of rows as texts.</summary>
internal static class RowText
{
    /// <summary>Characters that any number takes at most.</summary>
    public const int LongestNumber = 48;

    /// <summary>Writes a number of a row; gives how many characters that are. Decimals are exact, without zeros at the end.</summary>
    public static int Format(ColumnBuffer column, int row, Span<char> text)
    {
        int written;
        switch (column.Column.Type)
        {
            case ColumnType.BigInt:
                column.Values<long>()[row].TryFormat(text, out written, default, CultureInfo.InvariantCulture);
                return written;
            case ColumnType.Double:
                column.Values<double>()[row].TryFormat(text, out written, "R", CultureInfo.InvariantCulture);
                return written;
            case ColumnType.Decimal:
                return Format(Units(column, row), column.Column.Scale, text);
            default:
                throw NotKept(column);
        }
    }

    /// <summary>The digits of a decimal without its point.</summary>
    public static Int128 Units(ColumnBuffer column, int row) =>
        column.Column.IsWide ? column.Values<Int128>()[row] : column.Values<long>()[row];

    public static string Text(ColumnBuffer column, int row) => Encoding.UTF8.GetString(column.AsText()[row]);

    public static NotSupportedException NotKept(ColumnBuffer column) =>
        new($"Column {column.Column.Name} is {column.Column.Type}, which no log's table has.");

    private static int Format(Int128 units, int scale, Span<char> text)
    {
        var length = 0;
        if (units < 0)
        {
            text[length++] = '-';
        }

        Span<char> digits = stackalloc char[LongestNumber];
        Int128.Abs(units).TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        var whole = Math.Max(0, count - scale);
        if (whole == 0)
        {
            text[length++] = '0';
        }

        digits[..whole].CopyTo(text[length..]);
        length += whole;
        var fraction = digits[whole..count].TrimEnd('0');
        if (fraction.IsEmpty)
        {
            return length;
        }

        text[length++] = '.';
        var missing = scale - (count - whole);
        text.Slice(length, missing).Fill('0');
        length += missing;
        fraction.CopyTo(text[length..]);
        return length + fraction.Length;
    }
}
