using System.Data.Common;
using DuckDB.NET.Native;
using Tradepost.Storage.Embedded;

namespace Tradepost.Storage;

/// <summary>What the stores' own codes mean.</summary>
public static class StoreErrors
{
    private const string OutOfMemory = "53200";
    private const string TooManyConnections = "53300";

    /// <summary>Whether the store had no memory, or no connection, left for a statement.</summary>
    public static bool IsExhausted(DbException failure) =>
        failure is EmbeddedException { ErrorType: DuckDBErrorType.OutOfMemory } or { SqlState: OutOfMemory or TooManyConnections };
}
