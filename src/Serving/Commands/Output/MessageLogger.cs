using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace Tradepost.Serving.Commands.Output;

/// <summary>Writes warnings and worse to standard error; with TRADEPOST_DEBUG=1, everything.</summary>
internal sealed class MessageLogger(IAnsiConsole messages) : ILogger
{
    private readonly LogLevel least = Debugging.IsOn ? LogLevel.Trace : LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

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
            messages.Line(formatter(state, exception));
            if (exception is not null && logLevel >= LogLevel.Error)
            {
                messages.Lines(exception.ToString().Split('\n'), indent: 2);
            }
        }
    }
}
