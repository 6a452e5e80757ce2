namespace Tradepost.Jobs.Workers;

/// <summary>Why a running run is stopped.</summary>
internal enum StopReason
{
    None,
    Cancelled,
    TimedOut,

    /// <summary>The lease ran out, or somebody else has the run.</summary>
    Lost,

    /// <summary>The worker was asked to end; the run goes back to the queue.</summary>
    WorkerStops,
}
