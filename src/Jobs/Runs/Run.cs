using System.Text.Json.Nodes;
using Tradepost.Jobs.Rights;

namespace Tradepost.Jobs.Runs;

/// <summary>One execution of a job, the same whichever way it was started. Times are UTC.</summary>
public sealed record Run
{
    public required Guid Id { get; init; }

    public required string Job { get; init; }

    public required RunState State { get; init; }

    /// <summary>All arguments, with the defaults that were in force.</summary>
    public required JsonObject Arguments { get; init; }

    public required string AskedBy { get; init; }

    public required AskedHow AskedHow { get; init; }

    /// <summary>With whose rights it is executed, wherever that is.</summary>
    internal AskerRole AskedAs { get; init; }

    /// <summary>The run that this one repeats or is a part of.</summary>
    public Guid? ParentId { get; init; }

    /// <summary>0 while it waits for the first time.</summary>
    public required int Attempt { get; init; }

    public required int MaxAttempts { get; init; }

    public required double TimeoutSeconds { get; init; }

    public string? ConcurrencyKey { get; init; }

    public string? IdempotencyKey { get; init; }

    public required DateTime QueuedAt { get; init; }

    /// <summary>Not before this; later than <see cref="QueuedAt"/> while it waits for its next attempt.</summary>
    public required DateTime DueAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? FinishedAt { get; init; }

    /// <summary>Set when somebody has asked it to stop and it has not yet.</summary>
    public DateTime? CancelAskedAt { get; init; }

    public string? CancelAskedBy { get; init; }

    public RunProgress? Progress { get; init; }

    /// <summary>What the job returned, as it is printed with <c>--json</c>.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>Why it did not succeed, or why its last attempt did not.</summary>
    public string? Error { get; init; }

    /// <summary><c>failed</c>, <c>transient</c>, <c>arguments</c>, <c>interrupted</c>, <c>cancelled</c> or <c>timed_out</c>.</summary>
    public string? ErrorKind { get; init; }

    public string? Worker { get; init; }

    public bool IsEnded => State is not (RunState.Queued or RunState.Running);
}
