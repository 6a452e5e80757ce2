namespace Tradepost.App.Cli.Learning.Clicks;

/// <summary>What <c>clicks train</c> was asked for.</summary>
internal sealed record ClickTrainRequest
{
    public required string File { get; init; }

    public required string Label { get; init; }

    public required string Fields { get; init; }

    public required string Save { get; init; }

    public string? Time { get; init; }

    public string? Validation { get; init; }

    public string? Options { get; init; }

    public string? Checkpoint { get; init; }

    public int? Threads { get; init; }
}
