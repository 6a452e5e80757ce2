using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Files;

/// <summary>How the cells of a column are read: into a batch, or not at all.</summary>
/// <param name="Column">The column.</param>
/// <param name="Sign">Of its numbers.</param>
/// <param name="Times">The notation of its times.</param>
/// <param name="HasOffsets">Whether its times have an offset, and are moved to UTC; else they are taken for UTC.</param>
internal sealed record CellForm(FileColumn Column, DecimalSign Sign, TimeNotation Times, bool HasOffsets)
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const int LongestNumber = 64;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly Column stored = Column.Column;
    private readonly byte[][]? accepted = Column.Accepted?.Select(Encoding.UTF8.GetBytes).ToArray();

    /// <summary>As rejects keep cells that could be read: a decimal point and times as ISO 8601 writes them.</summary>
    public static CellForm Plain(FileColumn column) => new(column, DecimalSign.Point, TimeNotation.Iso, HasOffsets: false);

    /// <summary>Reads a cell that has a value; gives the rule that it breaks, or null.</summary>
    public string? Read(ColumnBuffer buffer, int row, ReadOnlySpan<byte> cell) =>
        Column.Type switch
        {
            ColumnType.Text => ReadText(buffer, row, cell),
            ColumnType.Json => ReadJson(buffer, row, cell),
            ColumnType.Boolean => NumberCell.TryParse(cell, Sign, out var flag) && flag is 0 or 1
                ? Set(buffer, row, flag == 1)
                : FileRule.WrongType,
            ColumnType.Uuid => Guid.TryParse(Missing.Trim(cell), Culture, out var id) ? Set(buffer, row, id) : FileRule.WrongType,
            ColumnType.Date => TryReadTime(cell, out var day) && day % Moment.Day == 0
                ? Set(buffer, row, (int)(day / Moment.Day))
                : FileRule.WrongType,
            ColumnType.Timestamp => TryReadTime(cell, out var moment) ? Set(buffer, row, moment) : FileRule.WrongType,
            _ => ReadNumber(buffer, row, cell),
        };

    /// <summary>What a value should have been.</summary>
    public string Expected =>
        Column.Type switch
        {
            ColumnType.Decimal =>
                $"a number with up to {Column.Precision - Column.Scale} digits before the decimal {Sign.Name} and {Column.Scale} behind it",
            ColumnType.BigInt or ColumnType.Integer => "a whole number",
            ColumnType.Double => $"a number with a decimal {Sign.Name}",
            ColumnType.Boolean => "true, false, 1 or 0",
            ColumnType.Timestamp => $"a time as {Times.Name}, {(HasOffsets ? "with" : "without")} an offset",
            ColumnType.Date => $"a day as {Times.Name}",
            ColumnType.Uuid => "a UUID",
            ColumnType.Json => "JSON",
            _ => "a text in UTF-8",
        };

    /// <summary>A cell as <see cref="Plain"/> reads it; as it stands, where it cannot be read.</summary>
    public string PlainText(ReadOnlySpan<byte> cell)
    {
        if (Column.Type is ColumnType.Date or ColumnType.Timestamp && TryReadTime(cell, out var moment))
        {
            return Moment
                .ToDateTime(moment)
                .ToString(Column.Type == ColumnType.Date ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF", Culture);
        }

        var text = Encoding.UTF8.GetString(cell).Replace('\0', '\uFFFD');
        return Sign == DecimalSign.Comma && Column.Type is ColumnType.Decimal or ColumnType.Double && NumberCell.TryParse(cell, Sign, out _)
            ? text.Replace(',', '.')
            : text;
    }

    private string? ReadText(ColumnBuffer buffer, int row, ReadOnlySpan<byte> cell)
    {
        if (cell.Length > Column.MostBytes)
        {
            return FileRule.TooLong;
        }

        if (!Utf8.IsValid(cell) || cell.Contains((byte)0))
        {
            return FileRule.WrongType;
        }

        if (accepted is not null && !IsAccepted(cell))
        {
            return FileRule.NotAccepted;
        }

        buffer.AsText().Set(row, cell);
        return null;
    }

    private bool IsAccepted(ReadOnlySpan<byte> cell)
    {
        foreach (var one in accepted!) // asked only where there are any
        {
            if (cell.SequenceEqual(one))
            {
                return true;
            }
        }

        return false;
    }

    private static string? ReadJson(ColumnBuffer buffer, int row, ReadOnlySpan<byte> cell)
    {
        try
        {
            var reader = new Utf8JsonReader(cell);
            while (reader.Read()) { }

            buffer.AsText().Set(row, cell);
            return null;
        }
        catch (JsonException)
        {
            return FileRule.WrongType;
        }
    }

    private string? ReadNumber(ColumnBuffer buffer, int row, scoped ReadOnlySpan<byte> cell)
    {
        Span<byte> pointed = stackalloc byte[LongestNumber];
        cell = Missing.Trim(cell);
        if (cell.Length > LongestNumber)
        {
            return FileRule.WrongType;
        }

        if (Sign == DecimalSign.Comma)
        {
            if (cell.Contains((byte)'.'))
            {
                return FileRule.WrongType;
            }

            cell.Replace(pointed, (byte)',', (byte)'.');
            cell = pointed[..cell.Length];
        }

        double number;
        switch (Column.Type)
        {
            case ColumnType.Double:
                if (!double.TryParse(cell, Number, Culture, out number) || !double.IsFinite(number))
                {
                    return FileRule.WrongType;
                }

                buffer.Values<double>()[row] = number;
                break;
            case ColumnType.Decimal:
                if (
                    !decimal.TryParse(cell, Number, Culture, out var exact)
                    || HasMoreDigits(cell, exact)
                    || !Unscaled.TryFrom(exact, stored, out buffer.Values<long>()[row])
                )
                {
                    return FileRule.WrongType;
                }

                number = (double)exact;
                break;
            default:
                if (!long.TryParse(cell, NumberStyles.AllowLeadingSign, Culture, out var whole))
                {
                    return FileRule.WrongType;
                }

                if (Column.Type == ColumnType.BigInt)
                {
                    buffer.Values<long>()[row] = whole;
                }
                else if (whole is < int.MinValue or > int.MaxValue)
                {
                    return FileRule.WrongType;
                }
                else
                {
                    buffer.Values<int>()[row] = (int)whole;
                }

                number = whole;
                break;
        }

        return number < Column.Least || number > Column.Most ? FileRule.OutOfRange : null;
    }

    // The runtime rounds what has more digits than it keeps.
    private static bool HasMoreDigits(ReadOnlySpan<byte> cell, decimal number) =>
        cell.Length > 28 || (number == 0 && cell.ContainsAnyInRange((byte)'1', (byte)'9') && cell.ContainsAny((byte)'e', (byte)'E'));

    private bool TryReadTime(ReadOnlySpan<byte> cell, out long moment)
    {
        moment = 0;
        if (!Times.TryRead(cell, out var time) || time.Offset is not null != HasOffsets)
        {
            return false;
        }

        moment = Moment.Of(time.Instant);
        return time.Instant.Ticks % TimeSpan.TicksPerMicrosecond == 0;
    }

    private static string? Set<T>(ColumnBuffer buffer, int row, T value)
        where T : unmanaged
    {
        buffer.Values<T>()[row] = value;
        return null;
    }
}
