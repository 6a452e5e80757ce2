namespace Tradepost.Jobs.Backfills;

/// <summary>What is known of one day of a job.</summary>
public enum DayState
{
    /// <summary>No run was asked to do it.</summary>
    Missing,

    /// <summary>A run that has it is waiting or running.</summary>
    Active,

    /// <summary>The last run that had it did not succeed, and none has before.</summary>
    Failed,

    Done,
}
