using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>A snapshot that the store itself can read, so that rows need not pass through this process's memory.</summary>
public interface IDirectCopy
{
    /// <summary>Runs a query on the source and inserts its rows into a table of the store; returns how many.</summary>
    Task<long> CopyAsync(string query, string table, IReadOnlyList<Column> columns, CancellationToken cancellationToken);
}
