using System.Collections;
using System.Data;
using System.Numerics;
using System.Text;
using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Types;

/// <summary>Turns .NET values into native ones.</summary>
internal static class ParameterValue
{
    private static readonly BigInteger maximumHugeInt = Int128.MaxValue;
    private static readonly BigInteger maximumUHugeInt = UInt128.MaxValue;
    private static readonly BigInteger minimumHugeInt = Int128.MinValue;

    public static ValueHandle Create(DuckDbParameter parameter) => (parameter.Value, parameter.ExplicitType) switch
    {
        (DateTime value, DbType.Date) => Values.Date(Time.Days(DateOnly.FromDateTime(value))),
        (DateTime value, DbType.DateTimeOffset) => Values.TimestampTz(Time.Micros(value)),
        (TimeSpan value, DbType.Time) => Values.Time(value.Ticks / TimeSpan.TicksPerMicrosecond),
        (var value, _) => Create(value),
    };

    /// <summary>The value in the type that fits its .NET type.</summary>
    /// <exception cref="NotSupportedException">DuckDB has no type for the value.</exception>
    public static ValueHandle Create(object? value) => value switch
    {
        null or DBNull => Values.Null(),
        string text => OfText(text),
        char character => OfText(character.ToString()),
        bool boolean => Values.Boolean(boolean),
        Enum label => Create(Convert.ChangeType(label, Enum.GetUnderlyingType(label.GetType()), System.Globalization.CultureInfo.InvariantCulture)),
        sbyte number => Values.TinyInt(number),
        byte number => Values.UTinyInt(number),
        short number => Values.SmallInt(number),
        ushort number => Values.USmallInt(number),
        int number => Values.Integer(number),
        uint number => Values.UInteger(number),
        long number => Values.BigInt(number),
        ulong number => Values.UBigInt(number),
        Int128 number => Values.HugeInt(new HugeInt(number)),
        UInt128 number => Values.UHugeInt(new HugeInt(number)),
        BigInteger number => OfBigInteger(number),
        float number => Values.Float(number),
        double number => Values.Double(number),
        decimal number => Values.Decimal(Decimals.ToNative(number)),
        DateTime time => Values.Timestamp(Time.Micros(time)),
        DateTimeOffset time => Values.TimestampTz(Time.Micros(time.UtcDateTime)),
        DateOnly date => Values.Date(Time.Days(date)),
        TimeOnly time => Values.Time(time.Ticks / TimeSpan.TicksPerMicrosecond),
        TimeSpan span => Values.Interval(DuckDbInterval.FromTimeSpan(span)),
        DuckDbInterval interval => Values.Interval(interval),
        Guid guid => Values.Uuid(new HugeInt(Uuids.ToNumber(guid))),
        byte[] bytes => OfBytes(bytes),
        ReadOnlyMemory<byte> bytes => OfBytes(bytes.Span),
        Memory<byte> bytes => OfBytes(bytes.Span),
        IDictionary<string, object?> fields => NestedValue.OfStruct(fields),
        IDictionary entries => NestedValue.OfMap(entries),
        IEnumerable elements => NestedValue.OfList(elements),
        _ => throw new NotSupportedException($"A parameter of type {value.GetType()} has no type in DuckDB; convert it to text, a number, a date, bytes, a list or a dictionary."),
    };

    private static ValueHandle OfText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        // One byte more, because an empty span would become a null pointer.
        Span<byte> utf8 = length < 512 ? stackalloc byte[length + 1] : new byte[length + 1];
        Encoding.UTF8.GetBytes(text, utf8);
        return Values.Text(utf8, (ulong)length);
    }

    private static ValueHandle OfBytes(ReadOnlySpan<byte> bytes) => Values.Blob(bytes.IsEmpty ? [0] : bytes, (ulong)bytes.Length);

    private static unsafe ValueHandle OfBigInteger(BigInteger value)
    {
        if (value >= minimumHugeInt && value <= maximumHugeInt)
            return Values.HugeInt(new HugeInt((Int128)value));
        if (value.Sign > 0 && value <= maximumUHugeInt)
            return Values.UHugeInt(new HugeInt((UInt128)value));
        var magnitude = BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true);
        fixed (byte* data = magnitude)
            return Values.Bignum(new NativeBignum((nint)data, (ulong)magnitude.Length, (byte)(value.Sign < 0 ? 1 : 0)));
    }
}
