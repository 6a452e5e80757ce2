using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Prepared statements and the values bound to them.</summary>
internal static partial class PreparedStatements
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_prepare")]
    public static partial void Destroy(ref nint statement);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_prepare_error")]
    public static partial nint Error(PreparedStatementHandle statement);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_prepared_statement_type")]
    public static partial DuckDbStatementType Type(PreparedStatementHandle statement);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_nparams")]
    public static partial ulong ParameterCount(PreparedStatementHandle statement);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_parameter_name")]
    public static partial nint ParameterName(PreparedStatementHandle statement, ulong index);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_bind_value")]
    public static partial State Bind(PreparedStatementHandle statement, ulong index, ValueHandle value);
}
