using Microsoft.Extensions.Logging;

namespace Tradepost.App.Hosting;

/// <summary>Gives every category the same logger.</summary>
internal sealed class SingleLogger(ILogger logger) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void Dispose()
    {
        // The logger is its maker's.
    }
}
