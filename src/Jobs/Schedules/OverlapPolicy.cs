namespace Tradepost.Jobs.Schedules;

/// <summary>What happens when a run that excludes the scheduled one is still active.</summary>
public enum OverlapPolicy
{
    /// <summary>The scheduled run is left out.</summary>
    Skip,

    /// <summary>It starts when the other has ended; one waits at most.</summary>
    Queue,

    /// <summary>The other is cancelled, then it starts.</summary>
    CancelRunning,
}
