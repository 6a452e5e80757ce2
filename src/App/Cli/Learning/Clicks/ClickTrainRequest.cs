using Tradepost.App.Cli.Tables;

namespace Tradepost.App.Cli.Learning.Clicks;

/// <summary>What <c>clicks train</c> was asked for.</summary>
internal sealed record ClickTrainRequest
{
    public required string File { get; init; }

    /// <summary>What is said about the form of the file, and of that of the validation.</summary>
    public TableForm Form { get; init; } = TableForm.Unsaid;

    public required string Label { get; init; }

    public required string Fields { get; init; }

    public required string Save { get; init; }

    public string? Time { get; init; }

    public string? Validation { get; init; }

    public string? Options { get; init; }

    public string? Checkpoint { get; init; }

    public int? Threads { get; init; }
}
