using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Telemetry.Logs;

/// <summary>Writes the log of a process that runs for long, a line an event, with the passwords of the settings taken out.</summary>
internal sealed class LogWriter(TextWriter output, LogForm form, Settings settings, TimeProvider time) : ILoggerProvider
{
    // With it enabled at any level, ASP.NET makes an activity and a scope for each request, which costs as much as a small answer.
    // What it logs, our own lines say; traces ask for activities by themselves.
    private const string RequestCategory = "Microsoft.AspNetCore.Hosting.Diagnostics";

    private readonly AsyncLocal<string?> requestId = new();
    private readonly LoggerExternalScopeProvider scopes = new();
    private readonly Redaction redaction = Redaction.Of(settings);
    private readonly Lock writing = new();
    private readonly LogLevel least = Debugging.IsOn ? LogLevel.Trace : LogLevel.Information;

    public ILogger CreateLogger(string categoryName) => new LineLogger(categoryName, time, this);

    /// <summary>JSON for programs, text where a person looks on, unless the command line or else TRADEPOST_LOG says which.</summary>
    public static LogWriter Open(Terminal terminal, Settings settings, TimeProvider time, string? asked)
    {
        var form = (asked ?? settings.Find(SettingNames.Log)) switch
        {
            null => terminal.MessagesAreSeen ? LogForm.Text : LogForm.Json,
            "json" => LogForm.Json,
            "text" => LogForm.Text,
            var other when asked is not null => throw new UsageException($"--log is \"{other}\"; allowed are json and text."),
            var other => throw new ConfigurationException(SettingNames.Log, $"holds \"{other}\"; allowed are json and text."),
        };
        return new LogWriter(ConsoleLines.WriterOf(terminal.Messages), form, settings, time);
    }

    /// <summary>Has every line that is written from here on in this asynchronous flow carry the id of a request.</summary>
    public void BeginRequest(string id) => requestId.Value = id;

    public void Dispose()
    {
        // The stream belongs to the process.
    }

    private bool IsEnabled(string category, LogLevel level) =>
        level >= least
        && (
            least == LogLevel.Trace
            || (level >= LogLevel.Warning ? category != RequestCategory : category.StartsWith("Tradepost", StringComparison.Ordinal))
        );

    private void Write(LogEvent entry)
    {
        entry.Gather(scopes, requestId.Value);
        var line = redaction.Clean(form == LogForm.Json ? JsonSerializer.Serialize(entry.ToFields(), LogEvent.Json) : entry.ToText());
        lock (writing)
        {
            output.WriteLine(line);
        }
    }

    private sealed class LineLogger(string category, TimeProvider time, LogWriter writer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => writer.scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && writer.IsEnabled(category, logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                writer.Write(
                    new LogEvent(
                        time.GetUtcNow(),
                        logLevel,
                        category,
                        formatter(state, exception),
                        exception,
                        state as IEnumerable<KeyValuePair<string, object?>>
                    )
                );
            }
        }
    }
}

/// <summary>How a server writes its log.</summary>
internal enum LogForm
{
    /// <summary>A line for a person.</summary>
    Text,

    /// <summary>A JSON object a line, for programs.</summary>
    Json,
}
