using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Error data.</summary>
internal static partial class Errors
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_error_data_error_type")]
    public static partial DuckDbErrorType Type(ErrorDataHandle error);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_error_data_message")]
    public static partial nint Message(ErrorDataHandle error);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_error_data")]
    public static partial void Destroy(ref nint error);
}
