using System.Globalization;
using System.Numerics;
using System.Text;

namespace Tradepost.DuckDb.Types;

/// <summary>Reads single values in the type that is asked for; what would lose something throws.</summary>
internal static class Scalars
{
    public static bool Boolean(ColumnVector vector, int row) => vector.Type.Id == DuckDbType.Boolean
        ? vector.Raw<byte>(row) != 0
        : throw Mismatch(vector, "bool");

    /// <summary>Any whole number, also a DECIMAL without a fraction.</summary>
    public static Int128 Whole(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.TinyInt => vector.Raw<sbyte>(row),
        DuckDbType.SmallInt => vector.Raw<short>(row),
        DuckDbType.Integer => vector.Raw<int>(row),
        DuckDbType.BigInt => vector.Raw<long>(row),
        DuckDbType.UTinyInt => vector.Raw<byte>(row),
        DuckDbType.USmallInt => vector.Raw<ushort>(row),
        DuckDbType.UInteger => vector.Raw<uint>(row),
        DuckDbType.UBigInt => vector.Raw<ulong>(row),
        DuckDbType.HugeInt => vector.Raw<Int128>(row),
        DuckDbType.UHugeInt => checked((Int128)vector.Raw<UInt128>(row)),
        DuckDbType.Decimal => Decimals.ToWhole(Unscaled(vector, row), vector.Type.Scale),
        _ => throw Mismatch(vector, "a whole number"),
    };

    public static long Int64(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.BigInt => vector.Raw<long>(row),
        DuckDbType.Integer => vector.Raw<int>(row),
        _ => Narrow<long>(vector, row),
    };

    public static int Int32(ColumnVector vector, int row) => vector.Type.Id == DuckDbType.Integer
        ? vector.Raw<int>(row)
        : Narrow<int>(vector, row);

    public static T Narrow<T>(ColumnVector vector, int row)
        where T : INumber<T>
    {
        var value = Whole(vector, row);
        try
        {
            return T.CreateChecked(value);
        }
        catch (OverflowException overflow)
        {
            throw new OverflowException($"{value.ToString(CultureInfo.InvariantCulture)} of type {vector.Type.Name} does not fit {typeof(T).Name}.", overflow);
        }
    }

    public static BigInteger BigInteger(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.UHugeInt => vector.Raw<UInt128>(row),
        DuckDbType.Bignum => Bignums.Read(vector.Bytes(row)),
        _ => Whole(vector, row),
    };

    public static UInt128 UInt128(ColumnVector vector, int row) => vector.Type.Id == DuckDbType.UHugeInt
        ? vector.Raw<UInt128>(row)
        : checked((UInt128)Whole(vector, row));

    public static double Double(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.Double => vector.Raw<double>(row),
        DuckDbType.Float => vector.Raw<float>(row),
        DuckDbType.Decimal => (double)Unscaled(vector, row) / Math.Pow(10, vector.Type.Scale),
        DuckDbType.UHugeInt => (double)vector.Raw<UInt128>(row),
        _ => (double)Whole(vector, row),
    };

    public static decimal Decimal(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.Decimal => Decimals.ToDecimal(Unscaled(vector, row), vector.Type.Scale),
        DuckDbType.Double => (decimal)vector.Raw<double>(row),
        DuckDbType.Float => (decimal)vector.Raw<float>(row),
        _ => Decimals.ToDecimal(Whole(vector, row), 0),
    };

    /// <summary>A DECIMAL's digits as a whole number: the value times ten to the power of the scale.</summary>
    public static Int128 Unscaled(ColumnVector vector, int row) => vector.Type.Size switch
    {
        2 => vector.Raw<short>(row),
        4 => vector.Raw<int>(row),
        8 => vector.Raw<long>(row),
        _ => vector.Raw<Int128>(row),
    };

    /// <summary>Texts as they are; numbers that no .NET type holds, by their digits.</summary>
    public static string Text(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.Varchar => Encoding.UTF8.GetString(vector.Bytes(row)),
        DuckDbType.Enum => EnumLabel(vector, row),
        DuckDbType.Bit => Bits(vector.Bytes(row)),
        DuckDbType.Decimal => Decimals.ToText(Unscaled(vector, row), vector.Type.Scale),
        DuckDbType.Uuid => Uuid(vector, row).ToString(),
        _ => throw Mismatch(vector, "string"),
    };

    public static byte[] Blob(ColumnVector vector, int row) => vector.Type.Id is DuckDbType.Blob or DuckDbType.Varchar
        ? vector.Bytes(row).ToArray()
        : throw Mismatch(vector, "byte[]");

    public static DateOnly Date(ColumnVector vector, int row) => vector.Type.Id == DuckDbType.Date
        ? Time.Date(vector.Raw<int>(row))
        : DateOnly.FromDateTime(Timestamp(vector, row));

    public static DateTime Timestamp(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.Date => Time.Date(vector.Raw<int>(row)).ToDateTime(TimeOnly.MinValue),
        DuckDbType.Timestamp => Time.Timestamp(vector.Raw<long>(row), TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified),
        DuckDbType.TimestampS => Time.Timestamp(vector.Raw<long>(row), TimeSpan.TicksPerSecond, DateTimeKind.Unspecified),
        DuckDbType.TimestampMs => Time.Timestamp(vector.Raw<long>(row), TimeSpan.TicksPerMillisecond, DateTimeKind.Unspecified),
        DuckDbType.TimestampNs => Time.TimestampOfNanoseconds(vector.Raw<long>(row)),
        DuckDbType.TimestampTz => Time.Timestamp(vector.Raw<long>(row), TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc),
        _ => throw Mismatch(vector, "DateTime"),
    };

    /// <summary>A TIMESTAMPTZ's instant in UTC; a TIMESTAMP is taken as UTC.</summary>
    public static DateTimeOffset Instant(ColumnVector vector, int row) =>
        new(DateTime.SpecifyKind(Timestamp(vector, row), DateTimeKind.Utc));

    public static TimeOnly TimeOfDay(ColumnVector vector, int row) => vector.Type.Id == DuckDbType.Time
        ? Time.TimeOfDay(vector.Raw<long>(row))
        : throw Mismatch(vector, "TimeOnly");

    public static TimeSpan Span(ColumnVector vector, int row) => vector.Type.Id switch
    {
        DuckDbType.Interval => vector.Raw<DuckDbInterval>(row).ToTimeSpan(),
        DuckDbType.Time => Time.OfDay(vector.Raw<long>(row)),
        _ => throw Mismatch(vector, "TimeSpan"),
    };

    public static DuckDbInterval Interval(ColumnVector vector, int row) => vector.Type.Id == DuckDbType.Interval
        ? vector.Raw<DuckDbInterval>(row)
        : throw Mismatch(vector, "DuckDbInterval");

    public static Guid Uuid(ColumnVector vector, int row) => vector.Type.Id == DuckDbType.Uuid
        ? Uuids.Read(vector.Raw<UInt128>(row))
        : throw Mismatch(vector, "Guid");

    public static InvalidCastException Mismatch(ColumnVector vector, string wanted) =>
        new($"A value of type {vector.Type.Name} cannot be read as {wanted}; read another type or cast it in SQL.");

    private static string EnumLabel(ColumnVector vector, int row) => vector.Type.Labels[vector.Type.Size switch
    {
        1 => vector.Raw<byte>(row),
        2 => vector.Raw<ushort>(row),
        _ => checked((int)vector.Raw<uint>(row)),
    }];

    /// <summary>The first byte says how many bits at the start of the second are padding.</summary>
    private static string Bits(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length - 1) * 8);
        for (int bit = bytes[0]; bit < (bytes.Length - 1) * 8; bit++)
            text.Append((bytes[1 + (bit / 8)] & (0x80 >> (bit % 8))) != 0 ? '1' : '0');
        return text.ToString();
    }
}
