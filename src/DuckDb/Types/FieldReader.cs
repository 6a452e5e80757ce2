using System.Numerics;
using System.Reflection;

namespace Tradepost.DuckDb.Types;

/// <summary>How a value is read as <typeparamref name="T"/>, decided once per type.</summary>
internal static class FieldReader<T>
{
    private static readonly Func<ColumnVector, int, T> read = Choose();

    /// <summary>The value of a row that is not null.</summary>
    public static T Read(ColumnVector vector, int row) => read(vector, row);

    /// <summary>An element of a list, where null is possible.</summary>
    /// <exception cref="InvalidCastException">The element is null and the type has no null.</exception>
    public static T ReadElement(ColumnVector vector, int row)
    {
        if (!vector.IsNull(row))
            return read(vector, row);
        return default(T) is null ? default! : throw new InvalidCastException($"An element of the list is null; read it as {typeof(T).Name}?."); // null is T's own default here
    }

    private static Func<ColumnVector, int, T> Choose()
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (type != typeof(T))
            return Generic(nameof(ReadNullable), type);
        if (type.IsEnum)
            return ReadEnum;
        if (type.IsArray && Lists.IsListType(type))
            return Generic(nameof(ReadArray), type.GetElementType()!);
        return Lists.IsListType(type) ? Generic(nameof(ReadList), type.GetGenericArguments()[0]) : (Func<ColumnVector, int, T>?)(Delegate?)Scalar(type) ?? ReadObject;
    }

    private static Delegate? Scalar(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => (Func<ColumnVector, int, bool>)Scalars.Boolean,
        TypeCode.SByte => (Func<ColumnVector, int, sbyte>)Scalars.Narrow<sbyte>,
        TypeCode.Byte => (Func<ColumnVector, int, byte>)Scalars.Narrow<byte>,
        TypeCode.Int16 => (Func<ColumnVector, int, short>)Scalars.Narrow<short>,
        TypeCode.UInt16 => (Func<ColumnVector, int, ushort>)Scalars.Narrow<ushort>,
        TypeCode.Int32 => (Func<ColumnVector, int, int>)Scalars.Int32,
        TypeCode.UInt32 => (Func<ColumnVector, int, uint>)Scalars.Narrow<uint>,
        TypeCode.Int64 => (Func<ColumnVector, int, long>)Scalars.Int64,
        TypeCode.UInt64 => (Func<ColumnVector, int, ulong>)Scalars.Narrow<ulong>,
        TypeCode.Single => (Func<ColumnVector, int, float>)(static (vector, row) => (float)Scalars.Double(vector, row)),
        TypeCode.Double => (Func<ColumnVector, int, double>)Scalars.Double,
        TypeCode.Decimal => (Func<ColumnVector, int, decimal>)Scalars.Decimal,
        TypeCode.DateTime => (Func<ColumnVector, int, DateTime>)Scalars.Timestamp,
        TypeCode.String => (Func<ColumnVector, int, string>)Scalars.Text,
        _ => Other(type),
    };

    private static Delegate? Other(Type type) =>
        type == typeof(byte[]) ? (Func<ColumnVector, int, byte[]>)Scalars.Blob :
        type == typeof(DateOnly) ? (Func<ColumnVector, int, DateOnly>)Scalars.Date :
        type == typeof(TimeOnly) ? (Func<ColumnVector, int, TimeOnly>)Scalars.TimeOfDay :
        type == typeof(TimeSpan) ? (Func<ColumnVector, int, TimeSpan>)Scalars.Span :
        type == typeof(DateTimeOffset) ? (Func<ColumnVector, int, DateTimeOffset>)Scalars.Instant :
        type == typeof(DuckDbInterval) ? (Func<ColumnVector, int, DuckDbInterval>)Scalars.Interval :
        type == typeof(Guid) ? (Func<ColumnVector, int, Guid>)Scalars.Uuid :
        type == typeof(Int128) ? (Func<ColumnVector, int, Int128>)Scalars.Whole :
        type == typeof(UInt128) ? (Func<ColumnVector, int, UInt128>)Scalars.UInt128 :
        type == typeof(BigInteger) ? (Func<ColumnVector, int, BigInteger>)Scalars.BigInteger :
        null;

    private static T ReadObject(ColumnVector vector, int row) =>
        Objects.Read(vector, row) is T value ? value : throw Scalars.Mismatch(vector, typeof(T).Name);

    /// <summary>An enum of .NET from its number or, where the column holds text, from its name.</summary>
    private static T ReadEnum(ColumnVector vector, int row) => vector.Type.Id is DuckDbType.Enum or DuckDbType.Varchar
        ? (T)Enum.Parse(typeof(T), Scalars.Text(vector, row), ignoreCase: true)
        : (T)Enum.ToObject(typeof(T), Scalars.Int64(vector, row));

    private static Func<ColumnVector, int, T> Generic(string method, Type argument) =>
        typeof(FieldReader<T>).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(argument).CreateDelegate<Func<ColumnVector, int, T>>();

    private static TValue? ReadNullable<TValue>(ColumnVector vector, int row)
        where TValue : struct => FieldReader<TValue>.Read(vector, row);

    private static TElement[] ReadArray<TElement>(ColumnVector vector, int row) => Lists.ReadArray<TElement>(vector, row);

    private static List<TElement> ReadList<TElement>(ColumnVector vector, int row) => Lists.ReadList<TElement>(vector, row);
}
