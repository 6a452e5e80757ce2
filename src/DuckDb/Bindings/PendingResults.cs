using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Pending results: a started query.</summary>
internal static partial class PendingResults
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_pending_prepared_streaming")]
    public static partial State Start(PreparedStatementHandle statement, out PendingResultHandle pending);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_pending_error")]
    public static partial nint Error(PendingResultHandle pending);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_execute_pending")]
    public static partial State Execute(PendingResultHandle pending, ResultHandle result);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_pending")]
    public static partial void Destroy(ref nint pending);
}
