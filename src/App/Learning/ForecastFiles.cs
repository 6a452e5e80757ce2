using System.Globalization;
using System.Text;
using Tradepost.Learning.Forecasting;

namespace Tradepost.App.Learning;

/// <summary>The files that <c>forecast</c> leaves.</summary>
internal static class ForecastFiles
{
    private static readonly string[] Sums = ["additive_terms", "multiplicative_terms"];

    public static void Write(
        ForecastRequest request,
        TimeSeries history,
        ProphetModel model,
        Forecast forecast,
        CancellationToken cancellationToken
    )
    {
        var files = new OutputFiles();
        files.Add(request.Out, () => Csv(forecast, cancellationToken));
        files.Add(request.Plot, () => ForecastPlot.Draw(history, forecast, request.Components ? Panels(model, forecast) : []));
        files.Add(request.Save, model.ToJson);
        files.Write(cancellationToken);
    }

    /// <summary>The components but their sums.</summary>
    public static IReadOnlyList<string> Components(Forecast forecast) => [.. forecast.Components.Keys.Except(Sums)];

    /// <summary>Two periods of a seasonality show its form; over years of rows it would be a block of colour.</summary>
    private static List<(string Name, TimeSpan? Stretch)> Panels(ProphetModel model, Forecast forecast) =>
        [
            .. Components(forecast)
                .Select(name =>
                    (
                        name,
                        model.Seasonalities.FirstOrDefault(seasonality => seasonality.Name == name) is { } seasonality
                            ? TimeSpan.FromDays(2 * seasonality.Period)
                            : (TimeSpan?)null
                    )
                ),
        ];

    public static string Show(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Csv(Forecast forecast, CancellationToken cancellationToken)
    {
        var names = forecast.Components.Keys.ToList();
        var text = new StringBuilder("ds,yhat,yhat_lower,yhat_upper,trend");
        names.ForEach(name => text.Append(',').Append(CsvCell.Of(name)));
        text.Append('\n');
        var hasClock = Array.Exists(forecast.Times, time => time.TimeOfDay != TimeSpan.Zero);
        for (var i = 0; i < forecast.Times.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            text.Append(forecast.Times[i].ToString(hasClock ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd", CultureInfo.InvariantCulture))
                .Append(
                    CultureInfo.InvariantCulture,
                    $",{forecast.Yhat[i]:R},{forecast.YhatLower?[i]:R},{forecast.YhatUpper?[i]:R},{forecast.Trend[i]:R}"
                );
            names.ForEach(name => text.Append(CultureInfo.InvariantCulture, $",{forecast.Components[name][i]:R}"));
            text.Append('\n');
        }

        return text.ToString();
    }
}
