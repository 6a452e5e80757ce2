using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.App.Telemetry.Logs;

/// <summary>What a command that runs for long asks for the form of its log with.</summary>
internal abstract record LogOptions
{
    [Description("The form of the log"), Placeholder("json|text")]
    public string? Log { get; init; }
}
