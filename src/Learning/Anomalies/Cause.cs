namespace Tradepost.Learning.Anomalies;

/// <summary>What is unusual about a row, or why it has no score.</summary>
public enum Cause
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The last values together are higher or lower than in any situation like this one.</summary>
    Level,

    /// <summary>The last values jump more than in any situation like this one.</summary>
    Jump,

    /// <summary>The mean of the long window is where it never was in a situation like this one.</summary>
    LevelShift,

    /// <summary>The long window varies more, or less, than in any situation like this one.</summary>
    VarianceChange,

    /// <summary>The last values are farther from what was expected at their times than in any situation like this one.</summary>
    Unexpected,

    /// <summary>The row has no value.</summary>
    Missing,

    /// <summary>One of the first rows, which are only learned from.</summary>
    WarmUp,
}
