namespace Tradepost.Jobs.Schedules;

/// <summary>What became of one time at which a schedule was due.</summary>
/// <param name="State"><c>waiting</c>, <c>started</c>, <c>skipped</c> (another run was active), <c>missed</c> (nobody was there) or
/// <c>refused</c>.</param>
/// <param name="RunId">The run that was started.</param>
public sealed record ScheduleFire(string Schedule, DateTime FireAt, string State, Guid? RunId, string? Note);
