using Microsoft.Extensions.Logging;
using Tradepost.Storage.Retrying;
using Tradepost.Streams;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Filing;

/// <summary>Moves a log into compressed CSV files, each record once. While the disk takes nothing the log grows, and is moved afterwards.</summary>
internal sealed partial class FileWriter(QuoteFolder folder, DurableLog log, TimeProvider clock, ILogger logger) : ILogWriter
{
    public const string ReaderName = "files";

    private const long MostGathered = 16 << 20;
    private static readonly RetryPolicy Writing = RetryPolicy.Endless(TimeSpan.FromSeconds(1));

    private readonly RecordLines lines = new();
    private readonly CancellationTokenSource hurrying = new();

    // From the beginning on, so that no segment goes before it was read.
    private LogReader reader = log.Read(ReaderName, PositionIn(folder, log));

    /// <summary>How long records are gathered before they are written: each time makes a gzip member of its own.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The position before which everything is in files.</summary>
    public long Position { get; private set; } = PositionIn(folder, log);

    /// <summary>What reached files.</summary>
    public MovedRecords Written { get; private set; }

    /// <summary>Why the disk takes nothing now; null when it does.</summary>
    public string? Failure { get; private set; }

    /// <summary>Gathers no longer: what is there is written at once.</summary>
    public void Hurry() => hurrying.Cancel();

    /// <summary>Writes until the log is closed and read to its end, or the token ends it.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Writing.RunAsync(
            "quotes.files",
            MoveAsync,
            e => e is IOException or UnauthorizedAccessException && !cancellationToken.IsCancellationRequested,
            OnRefused,
            clock,
            cancellationToken
        );

    public void Dispose()
    {
        reader.Dispose();
        hurrying.Dispose();
    }

    /// <summary>A log that was deleted by hand begins at 0 again.</summary>
    private static long PositionIn(QuoteFolder folder, DurableLog log) =>
        folder.State.Position is var known && known >= log.First && known <= log.Next ? known : log.First;

    private void OnRefused(Retry retry)
    {
        if (Failure is null)
        {
            LogRefused(logger, retry.Failure.Message);
        }

        Failure = retry.Failure.Message;
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        lines.Clear();
        reader.Dispose();
        reader = log.Read(ReaderName, Position);
        var batch = new LogBatch();
        var gathered = default(MovedRecords);
        while (await reader.ReadAsync(batch, cancellationToken))
        {
            gathered += MovedRecords.Of(batch);
            for (var i = 0; i < batch.Count; i++)
            {
                lines.Add(batch[i], folder.State);
            }

            if (batch.Next < log.Durable && lines.Bytes < MostGathered)
            {
                continue;
            }

            folder.Append(lines.Texts, batch.Next);
            lines.Clear();
            Written += gathered;
            gathered = default;
            (Position, Failure) = (batch.Next, null);
            reader.Release(batch.Next);
            if (Position == log.Durable)
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hurrying.Token);
                await Task.Delay(FlushInterval, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The files of quotes cannot be written ({Problem}); what comes stays in the log until they can."
    )]
    private static partial void LogRefused(ILogger logger, string problem);
}
