using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Query execution, results and fetching.</summary>
internal static partial class QueryResults
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_result")]
    public static partial void Destroy(nint result);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_column_name")]
    public static partial nint ColumnName(ResultHandle result, ulong column);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_column_logical_type")]
    public static partial LogicalTypeHandle ColumnType(ResultHandle result, ulong column);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_column_count")]
    public static partial ulong ColumnCount(ResultHandle result);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_result_error")]
    public static partial nint Error(ResultHandle result);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_result_error_type")]
    public static partial DuckDbErrorType ErrorType(ResultHandle result);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_result_return_type")]
    public static partial ResultType ReturnType(ResultStructure result);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_fetch_chunk")]
    public static partial DataChunkHandle FetchChunk(ResultStructure result);
}
