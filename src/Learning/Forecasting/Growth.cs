namespace Tradepost.Learning.Forecasting;

/// <summary>The form of the trend.</summary>
public enum Growth
{
    /// <summary>Piecewise linear.</summary>
    Linear,

    /// <summary>Piecewise logistic below a capacity (column <c>cap</c>) and above a floor (column <c>floor</c>, else 0).</summary>
    Logistic,

    /// <summary>A constant.</summary>
    Flat,
}
