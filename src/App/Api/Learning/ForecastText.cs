using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Learning;

internal sealed record ForecastText : SeriesText
{
    [Description("Steps to forecast.")]
    [Range(0, 1000)]
    public int Horizon { get; init; } = 30;

    [Description("How far apart steps are: S, min, H, D, W, M, Q or Y, also 15min; by default as in the text.")]
    public string? Frequency { get; init; }
}
