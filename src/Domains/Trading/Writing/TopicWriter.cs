using Microsoft.Extensions.Logging;
using Tradepost.Storage.Retrying;
using Tradepost.Streams;
using Tradepost.Streams.Topics;

namespace Tradepost.Trading.Writing;

/// <summary>
/// Publishes a log to topics, each record at least once and those of a symbol in order. How far it is stands in a file beside the log; what was
/// published and not noted there when a process ended is published again, with the same log and position in its headers.
/// </summary>
internal sealed partial class TopicWriter(Func<ITopics> open, DurableLog log, string name, TimeProvider clock, ILogger logger) : ILogWriter
{
    private const string ReaderName = "topics";
    private const int FewRecords = 2_000;

    private readonly TopicPosition noted = new(name, log);
    private readonly CancellationTokenSource hurrying = new();
    private ITopics? topics;
    private string? refusal;

    // From the beginning on, so that no segment goes before it was read.
    private LogReader reader = log.Read(ReaderName, log.First);

    /// <summary>How long few records are gathered.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the topics are left alone after a failure.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public long Position { get; private set; } = log.First;

    public MovedRecords Written { get; private set; }

    public string? Failure => refusal ?? topics?.Failure;

    public void Hurry() => hurrying.Cancel();

    public Task RunAsync(CancellationToken cancellationToken) =>
        RetryPolicy.Endless(Pause).RunAsync("quotes.topics", MoveAsync, e => e is TopicException, OnAway, clock, cancellationToken);

    public void Dispose()
    {
        reader.Dispose();
        hurrying.Dispose();
    }

    private void OnAway(Retry retry)
    {
        if (refusal is null)
        {
            LogAway(logger, retry.Failure.Message);
        }

        refusal = retry.Failure.Message;
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        Position = noted.Read();
        reader.Dispose();
        reader = log.Read(ReaderName, Position);
        await using var opened = open();
        topics = opened;
        try
        {
            var batch = new LogBatch();
            while (await reader.ReadAsync(batch, cancellationToken))
            {
                await PublishAsync(opened, batch, cancellationToken);
                noted.Write(batch.Next);
                refusal = null;
                Written += MovedRecords.Of(batch);
                Position = batch.Next;
                reader.Release(batch.Next);
                if (batch.Count < FewRecords)
                {
                    using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, hurrying.Token);
                    await Task.Delay(FlushInterval, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            topics = null;
        }
    }

    private async Task PublishAsync(ITopics opened, LogBatch batch, CancellationToken cancellationToken)
    {
        var events = TopicEvents.Of(batch, log.Identity);
        var publishing = Task.WhenAll(events.Select(topic => opened.PublishAsync(topic.Key, topic.Value, cancellationToken)));
        var isTold = false;
        while (await Task.WhenAny(publishing, Task.Delay(Pause, clock, CancellationToken.None)) != publishing)
        {
            if (opened.Failure is { } problem && !isTold)
            {
                LogAway(logger, problem);
                isTold = true;
            }
        }

        await publishing;
        if (isTold || refusal is not null)
        {
            LogBack(logger, batch.Next);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem} What comes stays in the log until it can be published.")]
    private static partial void LogAway(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Everything before position {Position} of the log is published.")]
    private static partial void LogBack(ILogger logger, long position);
}
