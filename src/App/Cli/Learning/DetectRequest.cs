using Tradepost.App.Cli.Tables;

namespace Tradepost.App.Cli.Learning;

/// <summary>What <c>detect</c> was asked.</summary>
internal sealed record DetectRequest
{
    public required string File { get; init; }

    public TableForm Form { get; init; } = TableForm.Unsaid;

    public required string Time { get; init; }

    public required string Value { get; init; }

    public bool Whole { get; init; }

    public string? Out { get; init; }

    public string? Plot { get; init; }
}
