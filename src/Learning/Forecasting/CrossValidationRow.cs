namespace Tradepost.Learning.Forecasting;

/// <summary>What was forecast at a cutoff for a row after it, and what came.</summary>
public sealed record CrossValidationRow
{
    public required DateTime Time { get; init; }

    /// <summary>The last moment that the forecast could know of.</summary>
    public required DateTime Cutoff { get; init; }

    /// <summary>What came.</summary>
    public required double Y { get; init; }

    public required double Yhat { get; init; }

    /// <summary>Bounds of the interval; NaN without uncertainty samples.</summary>
    public required double YhatLower { get; init; }

    public required double YhatUpper { get; init; }

    /// <summary>How far ahead that was.</summary>
    public TimeSpan Horizon => Time - Cutoff;
}
