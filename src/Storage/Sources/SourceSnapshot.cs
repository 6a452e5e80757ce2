using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>One consistent snapshot of a source: every query on it sees the same rows. One query at a time.</summary>
public abstract class SourceSnapshot : IAsyncDisposable
{
    /// <summary>The source's own clock when the snapshot was taken, in the time zone its times are read in (UTC).</summary>
    public required DateTime Clock { get; init; }

    /// <summary>
    /// How far the server's own time is ahead of UTC: what it writes into columns without a zone is so far from what they are read as.
    /// </summary>
    public TimeSpan ZoneOffset { get; init; }

    /// <summary>The columns that a query yields, without running it. Throws <see cref="SourceSchemaException"/>.</summary>
    public abstract Task<IReadOnlyList<SourceColumn>> ColumnsOfAsync(string query, CancellationToken cancellationToken);

    /// <summary>Runs a query whose columns stand in this order and streams its rows.</summary>
    public abstract Task<SourceReader> ReadAsync(string query, IReadOnlyList<Column> columns, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
