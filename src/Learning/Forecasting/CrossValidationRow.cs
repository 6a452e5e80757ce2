namespace Tradepost.Learning.Forecasting;

/// <summary>What was forecast at a cutoff for a row after it, and what came.</summary>
public sealed record CrossValidationRow
{
    /// <summary>The moment that was forecast.</summary>
    public required DateTime Time { get; init; }

    /// <summary>The last moment that the forecast could know of.</summary>
    public required DateTime Cutoff { get; init; }

    /// <summary>What came.</summary>
    public required double Y { get; init; }

    /// <summary>What was forecast to come, in the units of the series.</summary>
    public required double Yhat { get; init; }

    /// <summary>The lower bound of the interval; NaN without uncertainty samples.</summary>
    public required double YhatLower { get; init; }

    /// <summary>The upper bound; NaN without uncertainty samples.</summary>
    public required double YhatUpper { get; init; }

    /// <summary>How far ahead that was.</summary>
    public TimeSpan Horizon => Time - Cutoff;
}
