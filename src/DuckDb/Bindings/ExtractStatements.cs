using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Splitting a text into statements.</summary>
internal static partial class ExtractStatements
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong Extract(ConnectionHandle connection, string sql, out ExtractedStatementsHandle statements);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_extract_statements_error")]
    public static partial nint Error(ExtractedStatementsHandle statements);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_prepare_extracted_statement")]
    public static partial State Prepare(ConnectionHandle connection, ExtractedStatementsHandle statements, ulong index, out PreparedStatementHandle statement);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_extracted")]
    public static partial void Destroy(ref nint statements);
}
