using System.Collections;
using System.Data.Common;
using System.Numerics;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <content>The columns, and the values of the current row: DuckDB.NET's, but for the types that it reads otherwise or not at
/// all.</content>
internal sealed partial class EmbeddedReader
{
    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override string GetName(int ordinal) => rows.GetName(ordinal);

    public override int GetOrdinal(string name)
    {
        var names = Enumerable.Range(0, FieldCount).Select(GetName).ToList();
        var index = names.IndexOf(name);
        index = index >= 0 ? index : names.FindIndex(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? index
            : throw new ArgumentException($"The result has no column '{name}'; it has {string.Join(", ", names)}.", nameof(name));
    }

    /// <summary>The type as SQL writes it.</summary>
    public override string GetDataTypeName(int ordinal) =>
        types[ordinal] == DuckDBType.Decimal
            ? $"DECIMAL({Schema(ordinal, SchemaTableColumn.NumericPrecision)},{Schema(ordinal, SchemaTableColumn.NumericScale)})"
            : SqlTypeNames.Of(types[ordinal], () => GetFieldType(ordinal));

    public override Type GetFieldType(int ordinal)
    {
        switch (types[ordinal])
        {
            case DuckDBType.Blob:
                return typeof(byte[]);
            case DuckDBType.Interval:
                return typeof(string);
            case DuckDBType.SqlNull or DuckDBType.Any or DuckDBType.Union:
                return typeof(object);
            default:
                try
                {
                    return rows.GetFieldType(ordinal);
                }
                catch (ArgumentException)
                {
                    return typeof(object); // it has parts of a type that DuckDB.NET does not read
                }
        }
    }

    /// <summary>
    /// The value, <see cref="DBNull"/> for null. HUGEINT gives BigInteger, DATE DateOnly, TIME TimeOnly, TIMESTAMP DateTime
    /// (Unspecified), TIMESTAMPTZ DateTime (Utc), BLOB bytes, INTERVAL its text, LIST a list (of nullable elements).
    /// </summary>
    /// <exception cref="OverflowException">A DECIMAL, a date or a time is beyond what .NET's type can hold.</exception>
    /// <exception cref="NotSupportedException">The type has to be cast to VARCHAR.</exception>
    public override object GetValue(int ordinal)
    {
        if (IsDBNull(ordinal))
        {
            return DBNull.Value;
        }

        switch (types[ordinal])
        {
            case DuckDBType.Decimal:
                return GetDecimal(ordinal);
            case DuckDBType.TimestampTz:
                return GetDateTime(ordinal);
            case DuckDBType.Blob:
                return Bytes(ordinal);
            case DuckDBType.Interval:
                return GetString(ordinal);
            case DuckDBType.List or DuckDBType.Array:
                return NullableLists.Read(rows, ordinal);
            default:
                return Fitting(ordinal, static (reader, i) => reader.GetValue(i));
        }
    }

    public override T GetFieldValue<T>(int ordinal)
    {
        if (typeof(T) == typeof(object))
        {
            return (T)GetValue(ordinal);
        }

        if (typeof(T) == typeof(decimal))
        {
            return (T)(object)GetDecimal(ordinal);
        }

        if (typeof(T) == typeof(double))
        {
            return (T)(object)GetDouble(ordinal);
        }

        if (typeof(T) == typeof(DateTime))
        {
            return (T)(object)GetDateTime(ordinal);
        }

        if (typeof(T) == typeof(string))
        {
            return (T)(object)GetString(ordinal);
        }

        if (typeof(T) == typeof(byte[]))
        {
            return (T)(object)Bytes(ordinal);
        }

        if (Nullable.GetUnderlyingType(typeof(T)) is not null)
        {
            return IsDBNull(ordinal) ? default! // null is T's own default here
                : typeof(T) == typeof(decimal?) ? (T)(object)GetDecimal(ordinal)
                : typeof(T) == typeof(double?) ? (T)(object)GetDouble(ordinal)
                : typeof(T) == typeof(DateTime?) ? (T)(object)GetDateTime(ordinal)
                : Fitting(ordinal, static (reader, i) => reader.GetFieldValue<T>(i));
        }

        return Fitting(ordinal, static (reader, i) => reader.GetFieldValue<T>(i));
    }

    public override bool IsDBNull(int ordinal) => rows.IsDBNull(ordinal);

    public override bool GetBoolean(int ordinal) => rows.GetBoolean(ordinal);

    public override byte GetByte(int ordinal) => rows.GetByte(ordinal);

    public override short GetInt16(int ordinal) => rows.GetInt16(ordinal);

    public override int GetInt32(int ordinal) => types[ordinal] == DuckDBType.Decimal ? (int)Whole(ordinal) : rows.GetInt32(ordinal);

    public override long GetInt64(int ordinal) => types[ordinal] == DuckDBType.Decimal ? (long)Whole(ordinal) : rows.GetInt64(ordinal);

    public override float GetFloat(int ordinal) => (float)GetDouble(ordinal);

    public override double GetDouble(int ordinal) =>
        types[ordinal] switch
        {
            DuckDBType.Decimal => ExactDecimal.ToDouble(rows.GetFieldValue<DuckDBDecimal>(ordinal)),
            DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.VarInt => (double)rows.GetFieldValue<BigInteger>(ordinal),
            _ => rows.GetDouble(ordinal),
        };

    /// <summary>With the column's scale.</summary>
    /// <exception cref="OverflowException">The digits are too many for <see cref="decimal"/>.</exception>
    public override decimal GetDecimal(int ordinal) =>
        types[ordinal] switch
        {
            DuckDBType.Decimal => ExactDecimal.ToDecimal(rows.GetFieldValue<DuckDBDecimal>(ordinal)),
            DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.VarInt => (decimal)rows.GetFieldValue<BigInteger>(ordinal),
            _ => rows.GetDecimal(ordinal),
        };

    public override DateTime GetDateTime(int ordinal) =>
        DateTime.SpecifyKind(
            Fitting(ordinal, static (reader, i) => reader.GetDateTime(i)),
            types[ordinal] == DuckDBType.TimestampTz ? DateTimeKind.Utc : DateTimeKind.Unspecified
        );

    public override Guid GetGuid(int ordinal) => rows.GetGuid(ordinal);

    /// <summary>Text, also of enums, bits, UUIDs, intervals and, digit by digit, of DECIMAL.</summary>
    public override string GetString(int ordinal) =>
        types[ordinal] switch
        {
            DuckDBType.Decimal => ExactDecimal.ToText(rows.GetFieldValue<DuckDBDecimal>(ordinal)),
            DuckDBType.Uuid => rows.GetGuid(ordinal).ToString(),
            DuckDBType.Interval => IntervalText.Of(rows.GetFieldValue<DuckDBInterval>(ordinal)),
            _ => rows.GetString(ordinal),
        };

    public override char GetChar(int ordinal) =>
        GetString(ordinal) is [var single]
            ? single
            : throw new InvalidCastException($"The text in column {GetName(ordinal)} is not a single character.");

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        using var stream = rows.GetStream(ordinal);
        if (buffer is null)
        {
            return stream.Length;
        }

        stream.Position = Math.Min(dataOffset, stream.Length);
        return stream.ReadAtLeast(buffer.AsSpan(bufferOffset, length), length, throwOnEndOfStream: false);
    }

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var value = GetString(ordinal);
        if (buffer is null)
        {
            return value.Length;
        }

        var part = value.AsSpan((int)Math.Min(dataOffset, value.Length));
        part = part[..Math.Min(part.Length, length)];
        part.CopyTo(buffer.AsSpan(bufferOffset));
        return part.Length;
    }

    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    /// <summary>The text of a time that .NET has no value for, and of every interval; null for other values.</summary>
    internal string? FindEdge(int ordinal)
    {
        switch (types[ordinal])
        {
            case DuckDBType.Interval:
                var interval = rows.GetFieldValue<DuckDBInterval>(ordinal);
                return EdgeTexts.Interval(interval.Months, interval.Days, (long)interval.Micros);
            case DuckDBType.Date:
                return EdgeOf(rows.GetFieldValue<DuckDBDateOnly>(ordinal));
            case DuckDBType.Timestamp or DuckDBType.TimestampTz or DuckDBType.TimestampS or DuckDBType.TimestampMs:
                var moment = rows.GetFieldValue<DuckDBTimestamp>(ordinal);
                return moment.IsPositiveInfinity ? "infinity"
                    : moment.IsNegativeInfinity ? "-infinity"
                    : EdgeOf(moment.Date) is { } day ? EdgeTexts.WithTime(day, (TimeOnly)moment.Time)
                    : null;
            default:
                return null;
        }
    }

    private static string? EdgeOf(DuckDBDateOnly day) =>
        day.IsPositiveInfinity ? "infinity"
        : day.IsNegativeInfinity ? "-infinity"
        : day.Year is >= 1 and <= 9999 ? null
        : EdgeTexts.Day(day.Year, day.Month, day.Day);

    private byte[] Bytes(int ordinal)
    {
        using var stream = rows.GetStream(ordinal);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Int128 Whole(int ordinal) => ExactDecimal.ToWhole(rows.GetFieldValue<DuckDBDecimal>(ordinal));

    private object Schema(int ordinal, string column) => (schema ??= rows.GetSchemaTable()).Rows[ordinal][column];

    /// <summary>DuckDB.NET has an exception of its own for each way in which a value does not fit; here they are two.</summary>
    private T Fitting<T>(int ordinal, Func<DuckDBDataReader, int, T> read)
    {
        try
        {
            return read(rows, ordinal);
        }
        catch (Exception e)
            when (e is ArgumentOutOfRangeException
                || (e is InvalidOperationException && types[ordinal] is not (DuckDBType.Any or DuckDBType.Union))
            )
        {
            throw new OverflowException(
                $"A value of type {GetDataTypeName(ordinal)} has no counterpart here; cast it to VARCHAR in SQL. ({e.Message})",
                e
            );
        }
        catch (ArgumentException e)
        {
            throw new NotSupportedException($"Values of type {GetDataTypeName(ordinal)} cannot be read; cast them to VARCHAR in SQL.", e);
        }
    }
}
