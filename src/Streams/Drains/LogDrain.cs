using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Storage.Retrying;

namespace Tradepost.Streams.Drains;

/// <summary>
/// Moves a log to one sink, at its own pace: gathers records as rows, writes them with the position behind them, and releases what the sink
/// has. While the sink is away the log grows; then it goes on where the sink says. What a log's reader could not read, and a record that is
/// no row, is said and passed over.
/// </summary>
public sealed partial class LogDrain : IDisposable
{
    private readonly DurableLog log;
    private readonly LogTables tables;
    private readonly LogSink sink;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly LogRows rows;
    private readonly long[] written;
    private readonly CancellationTokenSource hurrying = new();
    private LogReader reader;
    private string? failure;

    /// <summary>Begins to hold the log: no segment goes before the sink has read it.</summary>
    public LogDrain(DurableLog log, LogTables tables, LogSink sink, TimeProvider clock, ILogger logger)
    {
        (this.log, this.tables, this.sink, this.clock, this.logger) = (log, tables, sink, clock, logger);
        (rows, written) = (new LogRows(tables), new long[tables.Tables.Count]);
        Position = sink.Begin;
        reader = log.Read(sink.Name, Position);
    }

    /// <summary>How long few records are gathered at the end of the log before they are written.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the sink is left alone after a failure.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told of rows that were written, and how long that took, before they are forgotten.</summary>
    public Action<LogRows, TimeSpan> Moved { get; init; } = (_, _) => { };

    /// <summary>The position before which everything is there.</summary>
    public long Position { get; private set; }

    /// <summary>How many rows of each table got there, in the tables' order.</summary>
    public IReadOnlyList<long> Written => written;

    /// <summary>From the arrival of rows to their write, in microseconds.</summary>
    public LagCounts Lag { get; } = new();

    /// <summary>From the moment of rows to their write, in microseconds.</summary>
    public LagCounts Age { get; } = new();

    /// <summary>Why the sink takes nothing now; null when it does.</summary>
    public string? Failure => failure ?? sink.Failure;

    /// <summary>Gathers no longer: what is there is written at once.</summary>
    public void Hurry() => hurrying.Cancel();

    /// <summary>Moves until the log is closed and read to its end, or the token ends it.</summary>
    /// <exception cref="OperationCanceledException">The token has ended it.</exception>
    public Task RunAsync(CancellationToken cancellationToken) =>
        RetryPolicy
            .Endless(Pause)
            .RunAsync(
                $"{tables.Name}.{sink.Name}",
                MoveAsync,
                e => sink.IsAway(e) && !cancellationToken.IsCancellationRequested,
                OnAway,
                clock,
                cancellationToken
            );

    /// <inheritdoc/>
    public void Dispose()
    {
        reader.Dispose();
        hurrying.Dispose();
        sink.Dispose();
    }

    private void OnAway(Retry retry)
    {
        var problem = sink.Problem(retry.Failure);
        if (failure is null)
        {
            LogSays(logger, LogLevel.Warning, sink.Away(problem));
        }

        failure = problem;
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        rows.Clear();
        try
        {
            Position = await sink.OpenAsync(cancellationToken);
            reader.Dispose();
            reader = log.Read(sink.Name, Position);
            var batch = new LogBatch();
            while (await reader.ReadAsync(batch, cancellationToken))
            {
                await MoveAsync(batch, cancellationToken);
            }
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && sink.IsAway(e))
        {
            // In the middle of a write, or of a try to reach the sink; what it has not written stays in the log.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        finally
        {
            await sink.CloseAsync();
        }
    }

    private async Task MoveAsync(LogBatch batch, CancellationToken cancellationToken)
    {
        foreach (var damage in reader.Damage.Where(damage => damage.To == batch.First))
        {
            LogDamaged(logger, damage.Segment, damage.To - damage.From, damage.Offset);
        }

        for (var i = 0; i < batch.Count; i++)
        {
            Add(batch[i], batch.First + i);
            if (rows.Count >= sink.Most)
            {
                await WriteAsync(batch.First + i + 1, cancellationToken);
            }
        }

        var isEnd = batch.Next >= log.Durable;
        var isFew = rows.Count < sink.Many;
        if (rows.Count > 0 && (isEnd || rows.Count >= sink.Enough))
        {
            await WriteAsync(batch.Next, cancellationToken);
        }

        if (isEnd && isFew)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hurrying.Token);
            await Task.Delay(FlushInterval, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Add(ReadOnlySpan<byte> record, long position)
    {
        try
        {
            rows.Add(record, position);
        }
        catch (FormatException e)
        {
            LogUnreadable(logger, position, e.Message);
        }
    }

    private async Task WriteAsync(long next, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await sink.WriteAsync(rows, next, cancellationToken);
        if (failure is not null)
        {
            LogSays(logger, LogLevel.Information, sink.Back);
            failure = null;
        }

        for (var i = 0; i < written.Length; i++)
        {
            written[i] += rows.Tables[i].Count;
        }

        Measure();
        Moved(rows, Stopwatch.GetElapsedTime(began));
        rows.Clear();
        Position = next;
        reader.Release(next);
    }

    private void Measure()
    {
        var now = clock.Microseconds();
        foreach (var table in rows.Tables)
        {
            if (table.Table.ArrivalColumn is not { } arrival)
            {
                continue;
            }

            foreach (var batch in table.Batches)
            {
                var arrivals = batch[arrival].Values<long>();
                var times = batch[table.Table.TimeColumn].Values<long>();
                for (var row = 0; row < batch.Count; row++)
                {
                    Lag.Add(now - arrivals[row]);
                    Age.Add(now - times[row]);
                }
            }
        }
    }

    [LoggerMessage(Message = "{Sentence}")]
    private static partial void LogSays(ILogger logger, LogLevel level, string sentence);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Segment} is damaged at byte {Offset}: {Records} records could not be read.")]
    private static partial void LogDamaged(ILogger logger, string segment, long records, long offset);

    [LoggerMessage(Level = LogLevel.Error, Message = "The record at position {Position} is no row ({Problem}); it is passed over.")]
    private static partial void LogUnreadable(ILogger logger, long position, string problem);
}
