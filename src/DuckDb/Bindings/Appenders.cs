using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Appenders.</summary>
internal static partial class Appenders
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_create", StringMarshalling = StringMarshalling.Utf8)]
    public static partial State Create(ConnectionHandle connection, string? schema, string table, out AppenderHandle appender);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_add_column", StringMarshalling = StringMarshalling.Utf8)]
    public static partial State AddColumn(AppenderHandle appender, string name);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_column_count")]
    public static partial ulong ColumnCount(AppenderHandle appender);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_column_type")]
    public static partial LogicalTypeHandle ColumnType(AppenderHandle appender, ulong column);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_error_data")]
    public static partial ErrorDataHandle Error(AppenderHandle appender);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_append_data_chunk")]
    public static partial State AppendChunk(AppenderHandle appender, DataChunkHandle chunk);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_close")]
    public static partial State Close(AppenderHandle appender);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_clear")]
    public static partial State Clear(nint appender);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_appender_destroy")]
    public static partial State Destroy(ref nint appender);
}
