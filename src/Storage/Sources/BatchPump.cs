using System.Threading.Channels;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>Moves rows from a source to a bulk writer, reading and writing at the same time with a fixed number of batches.</summary>
public static class BatchPump
{
    private const int BatchesInFlight = 4;

    /// <summary>Pumps until the source is exhausted and returns the rows moved. The writer is not completed.</summary>
    /// <param name="reader">Where rows come from.</param>
    /// <param name="writer">Where they go.</param>
    /// <param name="columns">The columns of both, in order.</param>
    /// <param name="observe">Sees every batch before it is written.</param>
    /// <param name="cancellationToken">Ends the pump between batches.</param>
    public static async Task<long> RunAsync(
        SourceReader reader,
        BulkWriter writer,
        IReadOnlyList<Column> columns,
        Action<RowBatch> observe,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var free = Channel.CreateBounded<RowBatch>(BatchesInFlight);
        var filled = Channel.CreateBounded<RowBatch>(BatchesInFlight);
        for (var i = 0; i < BatchesInFlight; i++)
        {
            free.Writer.TryWrite(new RowBatch(columns));
        }

        var reading = Task.Run(() => ReadAsync(reader, free.Reader, filled.Writer, stop.Token), cancellationToken);
        try
        {
            await foreach (var batch in filled.Reader.ReadAllAsync(cancellationToken))
            {
                observe(batch);
                await writer.WriteAsync(batch, cancellationToken);
                await free.Writer.WriteAsync(batch, cancellationToken);
            }
        }
        catch (Exception)
        {
            await stop.CancelAsync();
            await reading.ContinueWith(
                _ => { },
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default
            );
            throw;
        }

        await reading;
        return writer.Rows;
    }

    private static async Task ReadAsync(
        SourceReader reader,
        ChannelReader<RowBatch> free,
        ChannelWriter<RowBatch> filled,
        CancellationToken cancellationToken
    )
    {
        try
        {
            while (true)
            {
                var batch = await free.ReadAsync(cancellationToken);
                batch.Clear();
                if (!await reader.FillAsync(batch, cancellationToken))
                {
                    break;
                }

                await filled.WriteAsync(batch, cancellationToken);
            }

            filled.Complete();
        }
        catch (Exception failure)
        {
            filled.Complete(failure);
            throw;
        }
    }
}
