using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Table descriptions.</summary>
internal static partial class TableDescriptions
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_table_description_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial State Create(ConnectionHandle connection, string? schema, string table, out TableDescriptionHandle description);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_table_description_destroy")]
    public static partial void Destroy(ref nint description);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_table_description_error")]
    public static partial nint Error(TableDescriptionHandle description);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_table_description_get_column_name")]
    public static partial nint ColumnName(TableDescriptionHandle description, ulong index);
}
