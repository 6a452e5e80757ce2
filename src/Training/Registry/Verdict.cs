namespace Tradepost.Training.Registry;

/// <summary>How a figure compares with that of the version in production.</summary>
public enum Verdict
{
    Better,
    Same,
    Worse,

    /// <summary>One of the two is missing or is no number.</summary>
    Unknown,
}
