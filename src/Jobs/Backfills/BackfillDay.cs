namespace Tradepost.Jobs.Backfills;

/// <summary>One day of a job's calendar.</summary>
/// <param name="RunId">The run that did it, or the last that tried.</param>
public sealed record BackfillDay(DateOnly Day, DayState State, Guid? RunId);
