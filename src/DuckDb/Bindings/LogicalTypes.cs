using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Logical types.</summary>
internal static partial class LogicalTypes
{
    /// <summary>A handle of our own for a type that something else owns: the native interface copies only on the way out of another type.</summary>
    public static LogicalTypeHandle Copy(nint type)
    {
        using var list = CreateList(type);
        return ListElement(list);
    }

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_decimal_type")]
    public static partial LogicalTypeHandle CreateDecimal(byte width, byte scale);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_logical_type")]
    public static partial LogicalTypeHandle Create(DuckDbType type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_list_type")]
    public static partial LogicalTypeHandle CreateList(nint elementType);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_map_type")]
    public static partial LogicalTypeHandle CreateMap(nint keyType, nint valueType);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_struct_type")]
    public static partial LogicalTypeHandle CreateStruct(ReadOnlySpan<nint> types, ReadOnlySpan<nint> names, ulong count);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_logical_type")]
    public static partial void Destroy(ref nint type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_get_type_id")]
    public static partial DuckDbType Id(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_logical_type_get_alias")]
    public static partial nint Alias(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_decimal_width")]
    public static partial byte DecimalWidth(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_decimal_scale")]
    public static partial byte DecimalScale(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_enum_internal_type")]
    public static partial DuckDbType EnumStorage(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_enum_dictionary_size")]
    public static partial uint EnumCount(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_enum_dictionary_value")]
    public static partial nint EnumLabel(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_list_type_child_type")]
    public static partial LogicalTypeHandle ListElement(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_array_type_child_type")]
    public static partial LogicalTypeHandle ArrayElement(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_array_type_array_size")]
    public static partial ulong ArrayLength(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_map_type_key_type")]
    public static partial LogicalTypeHandle MapKey(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_map_type_value_type")]
    public static partial LogicalTypeHandle MapValue(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_struct_type_child_count")]
    public static partial ulong StructCount(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_struct_type_child_name")]
    public static partial nint StructName(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_struct_type_child_type")]
    public static partial LogicalTypeHandle StructField(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_union_type_member_count")]
    public static partial ulong UnionCount(LogicalTypeHandle type);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_union_type_member_name")]
    public static partial nint UnionName(LogicalTypeHandle type, ulong index);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_union_type_member_type")]
    public static partial LogicalTypeHandle UnionMember(LogicalTypeHandle type, ulong index);
}
