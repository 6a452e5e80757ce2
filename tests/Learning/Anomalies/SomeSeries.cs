using Tradepost.Learning.Anomalies;
using Tradepost.Learning.Forecasting;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Anomalies;

/// <summary>Series to listen to: five minutes a row, a wave a day, noise.</summary>
internal static class SomeSeries
{
    public static readonly DateTime Start = new(2024, 1, 1);

    public static TimeSeries Daily(int rows = 3000, long seed = 1)
    {
        var random = new RandomStream(seed);
        return new TimeSeries
        {
            Times = [.. Enumerable.Range(0, rows).Select(row => Start.AddMinutes(5 * row))],
            Values = [.. Enumerable.Range(0, rows).Select(row => 50 + (10 * Math.Sin(2 * Math.PI * row / 288)) + random.NextNormal())],
        };
    }

    public static TimeSeries With(this TimeSeries series, int from, int to, Func<double, double> rule) =>
        series with
        {
            Values = [.. series.Values!.Select((value, row) => row >= from && row < to ? rule(value) : value)],
        };

    public static Detection[] Detect(TimeSeries series, DetectorOptions? options = null) =>
        OnlineDetector.Detect(series, options, TestContext.Current.CancellationToken);

    public static Detection[] DetectWhole(TimeSeries series) =>
        BatchDetector.Detect(series, cancellationToken: TestContext.Current.CancellationToken);
}
