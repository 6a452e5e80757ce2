using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Values.</summary>
internal static partial class Values
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_value")]
    public static partial void Destroy(ref nint value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_varchar_length")]
    public static partial ValueHandle Text(ReadOnlySpan<byte> utf8, ulong length);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_blob")]
    public static partial ValueHandle Blob(ReadOnlySpan<byte> bytes, ulong length);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_bool")]
    public static partial ValueHandle Boolean([MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_int8")]
    public static partial ValueHandle TinyInt(sbyte value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_uint8")]
    public static partial ValueHandle UTinyInt(byte value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_int16")]
    public static partial ValueHandle SmallInt(short value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_uint16")]
    public static partial ValueHandle USmallInt(ushort value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_int32")]
    public static partial ValueHandle Integer(int value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_uint32")]
    public static partial ValueHandle UInteger(uint value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_int64")]
    public static partial ValueHandle BigInt(long value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_uint64")]
    public static partial ValueHandle UBigInt(ulong value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_hugeint")]
    public static partial ValueHandle HugeInt(HugeInt value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_uhugeint")]
    public static partial ValueHandle UHugeInt(HugeInt value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_bignum")]
    public static partial ValueHandle Bignum(NativeBignum value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_decimal")]
    public static partial ValueHandle Decimal(NativeDecimal value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_float")]
    public static partial ValueHandle Float(float value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_double")]
    public static partial ValueHandle Double(double value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_date")]
    public static partial ValueHandle Date(int days);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_time")]
    public static partial ValueHandle Time(long micros);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_timestamp")]
    public static partial ValueHandle Timestamp(long micros);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_timestamp_tz")]
    public static partial ValueHandle TimestampTz(long micros);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_interval")]
    public static partial ValueHandle Interval(DuckDbInterval value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_uuid")]
    public static partial ValueHandle Uuid(HugeInt value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_null_value")]
    public static partial ValueHandle Null();

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_list_value")]
    public static partial ValueHandle List(LogicalTypeHandle elementType, ReadOnlySpan<nint> values, ulong count);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_struct_value")]
    public static partial ValueHandle Struct(LogicalTypeHandle type, ReadOnlySpan<nint> values);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_map_value")]
    public static partial ValueHandle Map(LogicalTypeHandle type, ReadOnlySpan<nint> keys, ReadOnlySpan<nint> values, ulong count);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_get_value_type")]
    public static partial nint BorrowedType(ValueHandle value);
}
