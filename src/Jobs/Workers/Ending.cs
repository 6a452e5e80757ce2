using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Workers;

/// <summary>How an attempt ended, for whoever waits for it in this process.</summary>
/// <param name="State">Queued when it will be tried again; null when the run had gone to somebody else.</param>
/// <param name="Value">What the job returned.</param>
/// <param name="Thrown">What it threw.</param>
internal sealed record Ending(RunState? State, object? Value, Exception? Thrown, StopReason Reason);
