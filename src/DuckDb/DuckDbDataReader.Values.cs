using System.Collections;
using System.Data.Common;
using Tradepost.DuckDb.Types;

namespace Tradepost.DuckDb;

/// <content>The values of the current row.</content>
public sealed partial class DuckDbDataReader
{
    /// <inheritdoc />
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc />
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>
    /// The value, <see cref="DBNull"/> for null. HUGEINT gives BigInteger, DATE DateOnly, TIME TimeOnly, TIMESTAMP DateTime
    /// (Unspecified), TIMESTAMPTZ DateTime (Utc), INTERVAL <see cref="DuckDbInterval"/>, LIST an array (of nullable elements when
    /// one is null), STRUCT Dictionary&lt;string, object?&gt;, MAP Dictionary&lt;object, object?&gt;.
    /// </summary>
    /// <exception cref="OverflowException">A DECIMAL or a date is beyond what .NET's type can hold.</exception>
    public override object GetValue(int ordinal) => Objects.Read(Current(ordinal), row) ?? DBNull.Value;

    /// <summary>
    /// The value as <typeparamref name="T"/>. Whole numbers convert when they fit; DECIMAL also gives exact text, DATE also
    /// DateTime, TIMESTAMPTZ also DateTimeOffset, INTERVAL without months and TIME also TimeSpan, LIST also List&lt;T&gt;, ENUM and
    /// numbers also .NET enums.
    /// </summary>
    /// <exception cref="InvalidCastException">The value is null and T has no null, or the type does not convert.</exception>
    /// <exception cref="OverflowException">The value does not fit T.</exception>
    public override T GetFieldValue<T>(int ordinal)
    {
        var vector = Current(ordinal);
        if (!vector.IsNull(row))
            return FieldReader<T>.Read(vector, row);
        if (typeof(T) == typeof(object) || typeof(T) == typeof(DBNull))
            return (T)(object)DBNull.Value;
        return Nullable.GetUnderlyingType(typeof(T)) is not null ? default! : throw IsNull(ordinal); // default of T? is null
    }

    /// <inheritdoc />
    public override bool IsDBNull(int ordinal) => Current(ordinal).IsNull(row);

    /// <inheritdoc />
    public override bool GetBoolean(int ordinal) => Scalars.Boolean(NotNull(ordinal), row);

    /// <inheritdoc />
    public override byte GetByte(int ordinal) => Scalars.Narrow<byte>(NotNull(ordinal), row);

    /// <inheritdoc />
    public override short GetInt16(int ordinal) => Scalars.Narrow<short>(NotNull(ordinal), row);

    /// <inheritdoc />
    public override int GetInt32(int ordinal) => Scalars.Int32(NotNull(ordinal), row);

    /// <inheritdoc />
    public override long GetInt64(int ordinal) => Scalars.Int64(NotNull(ordinal), row);

    /// <inheritdoc />
    public override float GetFloat(int ordinal) => (float)Scalars.Double(NotNull(ordinal), row);

    /// <inheritdoc />
    public override double GetDouble(int ordinal) => Scalars.Double(NotNull(ordinal), row);

    /// <inheritdoc />
    public override decimal GetDecimal(int ordinal) => Scalars.Decimal(NotNull(ordinal), row);

    /// <inheritdoc />
    public override DateTime GetDateTime(int ordinal) => Scalars.Timestamp(NotNull(ordinal), row);

    /// <inheritdoc />
    public override Guid GetGuid(int ordinal) => Scalars.Uuid(NotNull(ordinal), row);

    /// <summary>Text, also of enums, bits, UUIDs and, digit by digit, of DECIMAL.</summary>
    public override string GetString(int ordinal) => Scalars.Text(NotNull(ordinal), row);

    /// <inheritdoc />
    public override char GetChar(int ordinal) => GetString(ordinal) is [var single]
        ? single
        : throw new InvalidCastException($"The text in column {infos[ordinal].Name} is not a single character.");

    /// <inheritdoc />
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        Copy(NotNull(ordinal).Bytes(row), dataOffset, buffer.AsSpan(), bufferOffset, length, buffer is null);

    /// <inheritdoc />
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy(GetString(ordinal), dataOffset, buffer.AsSpan(), bufferOffset, length, buffer is null);

    /// <inheritdoc />
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var i = 0; i < count; i++)
            values[i] = GetValue(i);
        return count;
    }

    /// <inheritdoc />
    public override IEnumerator GetEnumerator() => new DbEnumerator(this, closeReader: false);

    private static long Copy<T>(ReadOnlySpan<T> source, long from, Span<T> target, int at, int length, bool measure)
    {
        if (measure)
            return source.Length;
        var part = source[(int)Math.Min(from, source.Length)..];
        part = part[..Math.Min(part.Length, length)];
        part.CopyTo(target[at..]);
        return part.Length;
    }

    private ColumnVector NotNull(int ordinal)
    {
        var vector = Current(ordinal);
        return vector.IsNull(row) ? throw IsNull(ordinal) : vector;
    }

    private InvalidCastException IsNull(int ordinal) =>
        new($"Column {infos[ordinal].Name} is null in this row; ask IsDBNull first, or read a nullable type.");
}
