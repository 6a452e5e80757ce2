using Tradepost.App.Cli.Tables;

namespace Tradepost.App.Cli.Learning;

/// <summary>What <c>fit</c> was asked for.</summary>
internal sealed record FitRequest
{
    public required string File { get; init; }

    public TableForm Form { get; init; } = TableForm.Unsaid;

    public required string Target { get; init; }

    public required string Model { get; init; }

    public string? Options { get; init; }

    public string? Test { get; init; }

    public string? Save { get; init; }

    public string? Plot { get; init; }
}
