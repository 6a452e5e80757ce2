namespace Tradepost.DuckDb.Bindings;

/// <summary>duckdb_result_type: what a statement gives back.</summary>
internal enum ResultType
{
    Invalid = 0,
    ChangedRows = 1,
    Nothing = 2,
    QueryResult = 3,
}
