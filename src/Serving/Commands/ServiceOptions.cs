using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands;

/// <summary>What a command that runs for long asks for the form of its log with.</summary>
public abstract record ServiceOptions
{
    [Description("The form of the log"), Placeholder("json|text")]
    public string? Log { get; init; }
}
