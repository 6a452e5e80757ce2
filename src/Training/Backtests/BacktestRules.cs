namespace Tradepost.Training.Backtests;

/// <summary>How forecasts of the past are meant.</summary>
public sealed record BacktestRules
{
    /// <summary>The share of values that an interval is to hold; above 0, under 1.</summary>
    public required double IntervalWidth { get; init; }

    /// <summary>The baseline's mean absolute error over the whole history, in the units of what is forecast.</summary>
    public required double Scale { get; init; }

    /// <summary>The least value that there can be.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>How many values from a cutoff on are judged as a sum too; 1 or more.</summary>
    public int SumLength { get; init; } = 1;

    /// <summary>What such a sum is called in the names of metrics.</summary>
    public string SumName { get; init; } = "value";
}
