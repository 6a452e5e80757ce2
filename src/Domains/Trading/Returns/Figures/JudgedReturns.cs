namespace Tradepost.Trading.Returns.Figures;

/// <summary>Forecasts and what came, in order of time; all arrays have one length.</summary>
/// <param name="Times">When each was made (UTC, whole hours).</param>
/// <param name="Actual">The log returns that came.</param>
/// <param name="Forecast">The log returns that were forecast.</param>
/// <param name="TrainMean">What the mean of the training rows would have said.</param>
/// <param name="Lower">Of the interval of 80 %.</param>
/// <param name="Upper">Of the interval of 80 %.</param>
internal sealed record JudgedReturns(
    DateTime[] Times,
    double[] Actual,
    double[] Forecast,
    double[] TrainMean,
    double[] Lower,
    double[] Upper
)
{
    /// <summary>Some of them.</summary>
    public JudgedReturns Slice(Range range) =>
        new(Times[range], Actual[range], Forecast[range], TrainMean[range], Lower[range], Upper[range]);
}
