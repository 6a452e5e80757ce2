using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Tradepost.App.Telemetry.Logs;
using Tradepost.App.Telemetry.Metrics;
using Tradepost.App.Telemetry.Traces;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Telemetry;

/// <summary>What a process that runs for long tells about itself: metrics, log, traces.</summary>
internal sealed class ServerTelemetry : ILoggerProvider
{
    private readonly TraceExport traces;
    private readonly MeterProvider metrics;

    private ServerTelemetry(Terminal terminal, Settings settings, TimeProvider time, string? log)
    {
        Logs = LogWriter.Open(terminal, settings, time, log);
        var target = OtlpTarget.Find(settings);
        traces = TraceExport.Start(target);
        metrics = MetricsExport.Start(target);
    }

    public LogWriter Logs { get; }

    /// <summary>Starts to measure and to log.</summary>
    /// <param name="session">Whose settings and terminal count.</param>
    /// <param name="log">The form of the log as the command line says it; null: as the settings do.</param>
    public static ServerTelemetry Start(Session session, string? log) => Start(session.Terminal, session.Settings, session.Time, log);

    /// <summary>Starts to measure and to log on a terminal.</summary>
    public static ServerTelemetry Start(Terminal terminal, Settings settings, TimeProvider time, string? log = null) =>
        new(terminal, settings, time, log);

    public ILogger CreateLogger(string categoryName) => Logs.CreateLogger(categoryName);

    public void AddTo(IServiceCollection services) => services.AddSingleton(metrics);

    /// <summary>Has each line that is logged while a request is answered carry its id.</summary>
    public void Use(IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                Logs.BeginRequest(context.TraceIdentifier); // ends with the request, whose flow it belongs to
                return next(context);
            }
        );

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
        Logs.Dispose();
    }
}
