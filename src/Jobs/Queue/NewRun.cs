using System.Text.Json.Nodes;
using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Queue;

/// <summary>A run to be written into the queue.</summary>
internal sealed record NewRun
{
    public required Guid Id { get; init; }

    public required JobDefinition Job { get; init; }

    public required JsonObject Arguments { get; init; }

    public required string? ConcurrencyKey { get; init; }

    public required Asker Asker { get; init; }

    public string? IdempotencyKey { get; init; }

    public Guid? ParentId { get; init; }

    public (DateOnly From, DateOnly To)? Interval { get; init; }

    public int MaxAttempts { get; init; }

    /// <summary>Who executes it at once; null when it waits for a worker.</summary>
    public string? Worker { get; init; }
}
