using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>A snapshot that the store itself can read, so that rows need not pass through this process's memory.</summary>
public interface IDirectCopy
{
    /// <summary>Runs a query on the source and inserts its rows into a table of the store; returns how many.</summary>
    Task<long> CopyAsync(string query, string table, IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    /// <summary>How <see cref="ExecuteAsync"/> names a table of the store.</summary>
    string NameOf(string table);

    /// <summary>Runs statements on tables of the store, which see what was copied before.</summary>
    Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Makes what an action copies and executes one transaction of the store.</summary>
    Task InTransactionAsync(Func<Task> action, CancellationToken cancellationToken);
}
