namespace Tradepost.Jobs.Alerts;

/// <summary>What a rule watches for.</summary>
public enum AlertKind
{
    /// <summary>A run failed or ran into its time limit.</summary>
    Failed,

    /// <summary>A run takes, or took, longer than the rule's time.</summary>
    TooLong,

    /// <summary>No run of the job has succeeded for the rule's time.</summary>
    Missing,

    /// <summary>A number in the job's result is far from what it was in the runs before.</summary>
    Drifted,

    /// <summary>A feed has lost something; with a time, for longer than that.</summary>
    Lost,
}
