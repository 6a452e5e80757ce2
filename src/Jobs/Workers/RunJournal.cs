using Microsoft.Extensions.Logging;
using Tradepost.Arguments;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Workers;

/// <summary>
/// What a run says, kept until it is written down together with what others say: its log, as much as fits the limit, and the
/// last word on its progress.
/// </summary>
internal sealed class RunJournal(Claim claim, Redaction redaction, int limit, TimeProvider time) : ILogger, IProgress<JobProgress>
{
    private const int LinesPerAttempt = 1_000_000_000; // numbers go on from attempt to attempt
    private const int LongestLine = 8_000;

    private readonly Lock gate = new();
    private List<RunLogLine> lines = [];
    private RunProgress? progress;
    private string? step;
    private long number = claim.Fence * LinesPerAttempt;
    private int kept;
    private bool isFull;

    /// <summary>Where else it is shown.</summary>
    public ILogger? Logger { get; init; }

    public IProgress<JobProgress>? Progress { get; init; }

    public void Report(JobProgress value)
    {
        bool isNewStep;
        lock (gate)
        {
            isNewStep = step != value.Step;
            step = value.Step;
            progress = new RunProgress(value.Step, value.Total is null && value.Done == 0 ? null : value.Done, value.Total);
        }

        if (isNewStep)
        {
            Write(LogLevel.Information, value.Step);
        }

        Progress?.Report(value);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug && logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var text = formatter(state, exception);
        Write(logLevel, exception is null ? text : $"{text}: {exception.Message}");
        if (Logger is not null)
        {
            using var scope = Logger.BeginScope(new Dictionary<string, object> { ["run"] = claim.Run.Id, ["job"] = claim.Run.Job });
            Logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    public void Write(LogLevel level, string text)
    {
        var message = redaction.Clean(text).Replace("\0", "", StringComparison.Ordinal); // PostgreSQL has no zero in a text
        if (message.Length > LongestLine)
        {
            message = $"{message.AsSpan(0, LongestLine)} … ({message.Length:N0} characters)";
        }

        lock (gate)
        {
            if (isFull)
            {
                return;
            }

            kept += message.Length;
            if (kept > limit)
            {
                isFull = true;
                (level, message) = (LogLevel.Warning, $"The log has reached {limit:N0} characters; what follows is not kept.");
            }

            var at = time.UtcMoment();
            lines.Add(new RunLogLine(++number, at, Spelling.Snake(level.ToString()), message));
        }
    }

    /// <summary>What has come since the last call; null when nothing has.</summary>
    public RunNews? Take()
    {
        lock (gate)
        {
            if (lines.Count == 0 && progress is null)
            {
                return null;
            }

            var news = new RunNews(claim.Run.Id, claim.Fence, progress, lines);
            (lines, progress) = ([], null);
            return news;
        }
    }

    /// <summary>Takes back what could not be written down.</summary>
    public void PutBack(RunNews news)
    {
        lock (gate)
        {
            lines.InsertRange(0, news.Lines);
            progress ??= news.Progress;
        }
    }
}
