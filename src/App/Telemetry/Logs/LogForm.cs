namespace Tradepost.App.Telemetry.Logs;

/// <summary>How a server writes its log.</summary>
internal enum LogForm
{
    /// <summary>A line for a person.</summary>
    Text,

    /// <summary>A JSON object a line, for programs.</summary>
    Json,
}
