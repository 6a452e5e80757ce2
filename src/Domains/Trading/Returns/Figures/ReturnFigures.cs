using System.Text.Json.Serialization;

namespace Tradepost.Trading.Returns.Figures;

/// <summary>How good forecasts of log returns were. Null is what cannot be said of so few or such forecasts.</summary>
public sealed record ReturnFigures
{
    /// <summary>Forecasts whose outcome is known.</summary>
    public required int N { get; init; }

    /// <summary>Root of the mean squared error.</summary>
    public required double Rmse { get; init; }

    /// <summary>Mean absolute error.</summary>
    public required double Mae { get; init; }

    /// <summary>The root of the mean squared error of forecasting no change.</summary>
    public required double RmseZero { get; init; }

    /// <summary>1 − the sum of squared errors in units of that of no change.</summary>
    public required double? R2Zero { get; init; }

    /// <summary>1 − the sum of squared errors in units of that of the training rows' mean.</summary>
    public required double? R2Mean { get; init; }

    /// <summary>Of the returns that are not 0, the share whose sign was forecast; null where every forecast is 0.</summary>
    public required double? DirectionalAccuracy { get; init; }

    /// <summary>Of the returns that are not 0, the share above it.</summary>
    public required double? UpShare { get; init; }

    /// <summary>Pearson's correlation of forecasts and returns.</summary>
    public required double? Ic { get; init; }

    /// <summary>Spearman's: that of their ranks, ties sharing the mean of theirs.</summary>
    public required double? RankIc { get; init; }

    /// <summary>The mean of the calendar months' correlations over their standard deviation (of a sample).</summary>
    public required double? IcIr { get; init; }

    /// <summary>Of being long or short by the forecast's sign for the horizon, a year's, averaged over the hours to enter.</summary>
    public required double? SharpeGross { get; init; }

    /// <summary>The same after costs.</summary>
    public required double? SharpeNet { get; init; }

    /// <summary>Mean change of position at an entry: 2 is from long to short.</summary>
    public required double? Turnover { get; init; }

    /// <summary>The greatest fall of the sum of net returns from a height before, averaged over the hours to enter.</summary>
    public required double? MaxDrawdown { get; init; }

    /// <summary>By how much returns rise with the forecast, by least squares; 1 is honest, 0 says nothing.</summary>
    public required double? CalibrationSlope { get; init; }

    /// <summary>The share of returns within their interval of 80 %.</summary>
    [JsonPropertyName("coverage_80")]
    public required double? Coverage80 { get; init; }

    /// <summary>The mean width of these intervals.</summary>
    [JsonPropertyName("width_80")]
    public required double? Width80 { get; init; }

    /// <summary>The share of forecasts that exceed the cost by the factor that it takes to act on them.</summary>
    public required double? ActedShare { get; init; }

    /// <summary>Directional accuracy of these.</summary>
    public required double? ActedAccuracy { get; init; }

    /// <summary>The Sharpe ratio of acting on these alone, before costs.</summary>
    public required double? ActedSharpeGross { get; init; }

    /// <summary>The same after costs.</summary>
    public required double? ActedSharpeNet { get; init; }

    /// <summary>Mean change of position at an entry when acting on these alone.</summary>
    public required double? ActedTurnover { get; init; }
}
