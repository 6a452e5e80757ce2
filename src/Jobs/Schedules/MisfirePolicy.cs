namespace Tradepost.Jobs.Schedules;

/// <summary>What happens when nobody was there at the time that a schedule names.</summary>
public enum MisfirePolicy
{
    /// <summary>It runs once, late, however many times were missed.</summary>
    RunOnce,

    /// <summary>It waits for its next time.</summary>
    Skip,
}
