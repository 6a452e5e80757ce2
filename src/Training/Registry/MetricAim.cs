namespace Tradepost.Training.Registry;

/// <summary>Which values of a metric are better.</summary>
public enum MetricAim
{
    Lower,
    Higher,

    /// <summary>Those nearer to a target, as the coverage of an interval.</summary>
    Nearest,
}
