using Tradepost.Storage.Loading;

namespace Tradepost.Storage.Sources;

/// <summary>A stream of rows from a source.</summary>
public abstract class SourceReader : IAsyncDisposable
{
    /// <summary>Fills an empty batch with the next rows; false when there were none left.</summary>
    public abstract ValueTask<bool> FillAsync(RowBatch batch, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
