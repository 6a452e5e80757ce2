using Tradepost.Learning.Forecasting;

namespace Tradepost.App.Learning;

/// <summary>A series with its forecast, row by row: all lists are equally long.</summary>
/// <param name="Values">What was sent; null in the future and where nothing was given.</param>
/// <param name="Components">Seasonalities and the like, by name.</param>
/// <param name="Notes">What the model, and the reader of the text, want to be known.</param>
/// <param name="ReadAs">How the text was understood: delimiter, decimal sign, notation of times.</param>
internal sealed record SeriesForecast(
    IReadOnlyList<DateTime> Times,
    IReadOnlyList<double> Values,
    IReadOnlyList<double> Forecast,
    IReadOnlyList<double> Lower,
    IReadOnlyList<double> Upper,
    IReadOnlyList<double> Trend,
    IReadOnlyList<SeriesComponent> Components,
    IReadOnlyList<DateTime> Changepoints,
    IReadOnlyList<string> Notes,
    string ReadAs
)
{
    public static SeriesForecast Of(ProphetModel model, ForecastInput input, Forecast forecast)
    {
        var known = new Dictionary<DateTime, double>();
        foreach (var (time, value) in input.History.Times.Zip(input.History.Values ?? []))
        {
            known[time] = value;
        }

        return new SeriesForecast(
            forecast.Times,
            [.. forecast.Times.Select(time => known.GetValueOrDefault(time, double.NaN))],
            forecast.Yhat,
            forecast.YhatLower ?? forecast.Yhat,
            forecast.YhatUpper ?? forecast.Yhat,
            forecast.Trend,
            [
                .. model
                    .Seasonalities.Select(seasonality => seasonality.Name)
                    .Where(forecast.Components.ContainsKey)
                    .Select(name => new SeriesComponent(name, forecast.Components[name])),
            ],
            model.Changepoints,
            [.. input.Notices, .. model.Notes],
            input.ReadAs
        );
    }
}

/// <summary>What one part of a model contributes to each row.</summary>
internal sealed record SeriesComponent(string Name, IReadOnlyList<double> Values);
