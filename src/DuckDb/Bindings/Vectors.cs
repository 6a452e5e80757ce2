using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Vectors; they belong to their chunk and are valid as long as it is.</summary>
internal static unsafe partial class Vectors
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_vector_get_data")]
    [SuppressGCTransition]
    public static partial nint Data(nint vector);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_vector_get_validity")]
    [SuppressGCTransition]
    public static partial ulong* Validity(nint vector);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_vector_ensure_validity_writable")]
    public static partial void EnsureValidityWritable(nint vector);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_unsafe_vector_assign_string_element_len")]
    public static partial void AssignBytes(nint vector, ulong row, byte* text, ulong length);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_list_vector_get_child")]
    [SuppressGCTransition]
    public static partial nint ListChild(nint vector);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_array_vector_get_child")]
    [SuppressGCTransition]
    public static partial nint ArrayChild(nint vector);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_struct_vector_get_child")]
    [SuppressGCTransition]
    public static partial nint StructChild(nint vector, ulong index);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_vector_size")]
    public static partial ulong Capacity();

    [LibraryImport(Library.Name, EntryPoint = "duckdb_valid_utf8_check")]
    public static partial nint CheckUtf8(byte* text, ulong length);
}
