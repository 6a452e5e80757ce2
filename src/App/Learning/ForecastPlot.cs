using Tradepost.Learning.Forecasting;

namespace Tradepost.App.Learning;

/// <summary>
/// Draws a forecast as SVG: what was observed as dots, the forecast as a line in its interval, and a panel per component.
/// </summary>
internal sealed class ForecastPlot
{
    private const int MainHeight = 360;
    private const int PanelHeight = 130;
    private const int Left = 70;
    private const int Top = 24;
    private const int Bottom = 26;

    private readonly Forecast forecast;
    private readonly SvgPlot plot;
    private int start; // of the rows that the panel shows

    private ForecastPlot(Forecast forecast, int panels)
    {
        this.forecast = forecast;
        plot = new SvgPlot(MainHeight + (PanelHeight * panels), Left);
        ShowFrom(0);
    }

    /// <summary>The whole document.</summary>
    /// <param name="history">The observations.</param>
    /// <param name="forecast">By time.</param>
    /// <param name="components">Those to draw below, besides the trend, each whole or the last stretch of that length; none: no
    /// panels.</param>
    public static string Draw(TimeSeries history, Forecast forecast, IReadOnlyList<(string Name, TimeSpan? Stretch)> components) =>
        new ForecastPlot(forecast, components.Count > 0 ? components.Count + 1 : 0).Draw(history, components);

    private string Draw(TimeSeries history, IReadOnlyList<(string Name, TimeSpan? Stretch)> components)
    {
        var seen = Enumerable.Range(0, history.Times.Length).Where(i => double.IsFinite(history.Values![i])).ToList();
        var scale = Axes(
            0,
            MainHeight,
            "forecast",
            [.. seen.Select(i => history.Values![i]), .. forecast.Yhat, .. forecast.YhatLower ?? [], .. forecast.YhatUpper ?? []]
        );
        if (forecast is { YhatLower: { } lower, YhatUpper: { } upper })
        {
            var back = Enumerable.Range(0, upper.Length).Reverse().Select(i => Point(forecast.Times[i], scale(upper[i]), "L"));
            plot.Path("fill=\"#4c78a8\" fill-opacity=\"0.22\"", [.. Points(lower, scale), .. back, "Z"]);
        }

        plot.Path(
            "fill=\"none\" stroke=\"#222\" stroke-width=\"2.4\" stroke-linecap=\"round\" stroke-opacity=\"0.55\"",
            seen.Select(i => Point(history.Times[i], scale(history.Values![i]), "M") + "h0")
        );
        Line(forecast.Yhat, scale);
        var top = MainHeight;
        foreach (var (name, stretch) in components.Count > 0 ? components.Prepend(("trend", null)) : [])
        {
            var values = name == "trend" ? forecast.Trend : forecast.Components[name];
            ShowFrom(stretch is null ? 0 : Math.Max(0, Array.FindIndex(forecast.Times, time => time >= forecast.Times[^1] - stretch)));
            Line(values, Axes(top, PanelHeight, start == 0 ? name : $"{name}, the last rows", values));
            top += PanelHeight;
        }

        return plot.End();
    }

    private void ShowFrom(int row)
    {
        start = row;
        plot.ShowTimes(forecast.Times[row], forecast.Times[^1]);
    }

    /// <summary>Frame, title and ticks of a panel; gives where on the page a value is.</summary>
    private Func<double, double> Axes(int top, int height, string title, double[] values)
    {
        var bottom = top + height - Bottom;
        plot.Title(top + Top - 8, title);
        var scale = plot.Values(top + Top, bottom, SvgPlot.Around(values.Min(), values.Max()), ticks: height > PanelHeight ? 6 : 3);
        plot.TimeLabels(bottom + 16);
        return scale;
    }

    private void Line(double[] values, Func<double, double> scale) =>
        plot.Path("fill=\"none\" stroke=\"#1f5a94\" stroke-width=\"1.3\" stroke-linejoin=\"round\"", Points(values, scale));

    private IEnumerable<string> Points(double[] values, Func<double, double> scale) =>
        Enumerable.Range(start, values.Length - start).Select(i => Point(forecast.Times[i], scale(values[i]), i == start ? "M" : "L"));

    private string Point(DateTime time, double y, string letter) => $"{letter}{plot.X(time):0.##} {y:0.##}";
}
