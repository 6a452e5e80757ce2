using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Queue;

/// <summary>How an attempt ended.</summary>
internal sealed record RunOutcome(Guid Id, long Fence, RunState State)
{
    public string? Result { get; init; }

    public string? Error { get; init; }

    public string? ErrorKind { get; init; }

    /// <summary>The wait before the next attempt, when <see cref="State"/> is queued.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Whether the attempt is not counted: its worker was asked to stop.</summary>
    public bool IsGivenBack { get; init; }

    public RunNews? News { get; init; }
}
