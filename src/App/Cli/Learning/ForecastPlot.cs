using System.Globalization;
using System.Net;
using System.Text;
using Tradepost.Arguments;
using Tradepost.Learning.Forecasting;

namespace Tradepost.App.Cli.Learning;

/// <summary>Draws a forecast as SVG: what was observed as dots, the forecast as a line in its interval, and a panel per component.</summary>
internal sealed class ForecastPlot
{
    private const int Width = 960;
    private const int MainHeight = 360;
    private const int PanelHeight = 130;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 24;
    private const int Bottom = 26;

    private readonly StringBuilder svg = new();
    private readonly Forecast forecast;

    // What the panel that is being drawn shows of the rows.
    private int start;
    private DateTime first;
    private double span;

    private ForecastPlot(Forecast forecast)
    {
        this.forecast = forecast;
        ShowFrom(0);
    }

    /// <summary>The whole document.</summary>
    /// <param name="history">The observations.</param>
    /// <param name="forecast">By time.</param>
    /// <param name="components">Those to draw below, besides the trend, each whole or the last stretch of that length; none: no panels.</param>
    public static string Draw(TimeSeries history, Forecast forecast, IReadOnlyList<(string Name, TimeSpan? Stretch)> components) =>
        new ForecastPlot(forecast).Draw(history, components);

    private string Draw(TimeSeries history, IReadOnlyList<(string Name, TimeSpan? Stretch)> components)
    {
        var height = MainHeight + (components.Count > 0 ? PanelHeight * (components.Count + 1) : 0);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#444\">\n"
        );
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/>\n");
        var seen = Enumerable.Range(0, history.Times.Length).Where(i => double.IsFinite(history.Values![i])).ToList();
        var scale = Axes(
            0,
            MainHeight,
            "forecast",
            [.. seen.Select(i => history.Values![i]), .. forecast.Yhat, .. forecast.YhatLower ?? [], .. forecast.YhatUpper ?? []]
        );
        if (forecast is { YhatLower: { } lower, YhatUpper: { } upper })
        {
            var back = Enumerable.Range(0, upper.Length).Reverse();
            svg.Append("<path fill=\"#4c78a8\" fill-opacity=\"0.22\" d=\"")
                .Append(Points(lower, scale, "M"))
                .Append(string.Concat(back.Select(i => Point(forecast.Times[i], scale(upper[i]), "L"))))
                .Append("Z\"/>\n");
        }

        svg.Append("<path fill=\"none\" stroke=\"#222\" stroke-width=\"2.4\" stroke-linecap=\"round\" stroke-opacity=\"0.55\" d=\"");
        seen.ForEach(i => svg.Append(Point(history.Times[i], scale(history.Values![i]), "M")).Append("h0"));
        svg.Append("\"/>\n");
        Line(forecast.Yhat, scale);
        var top = MainHeight;
        foreach (var (name, stretch) in components.Count > 0 ? components.Prepend(("trend", null)) : [])
        {
            var values = name == "trend" ? forecast.Trend : forecast.Components[name];
            ShowFrom(stretch is null ? 0 : Math.Max(0, Array.FindIndex(forecast.Times, time => time >= forecast.Times[^1] - stretch)));
            Line(values, Axes(top, PanelHeight, start == 0 ? name : $"{name}, the last rows", values));
            top += PanelHeight;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private void ShowFrom(int row)
    {
        (start, first) = (row, forecast.Times[row]);
        span = Math.Max(1, (forecast.Times[^1] - first).Ticks);
    }

    /// <summary>Frame, title and ticks of a panel; gives where on the page a value is.</summary>
    private Func<double, double> Axes(int top, int height, string title, double[] values)
    {
        var (least, greatest) = (values.Min(), values.Max());
        var margin = greatest > least ? 0.04 * (greatest - least) : Math.Max(1e-9, Math.Abs(greatest));
        (least, greatest) = (least - margin, greatest + margin);
        var (from, to) = (top + Top, top + height - Bottom);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Left}\" y=\"{from - 8}\" font-weight=\"bold\">{WebUtility.HtmlEncode(HiddenCharacters.Escape(title))}</text>\n"
        );
        var step = RoundStep((greatest - least) / (height > PanelHeight ? 6 : 3));
        for (var tick = Math.Ceiling(least / step) * step; tick <= greatest && tick + step > tick; tick += step)
        {
            var y = Y(tick);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path stroke=\"#ddd\" d=\"M{Left} {y:0.#}H{Width - Right}\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{(Math.Abs(tick) < step / 1e6 ? 0 : tick):G5}</text>\n"
            );
        }

        for (var i = 0; i <= 6; i++)
        {
            var time = first + TimeSpan.FromTicks((long)(span * i / 6));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{X(time):0.#}\" y=\"{to + 16}\" text-anchor=\"{(i == 0 ? "start" : i == 6 ? "end" : "middle")}\">{(span > TimeSpan.TicksPerDay * 5 ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : time.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture))}</text>\n"
            );
        }

        return Y;

        double Y(double value) => to - ((value - least) / (greatest - least) * (to - from));
    }

    private void Line(double[] values, Func<double, double> scale) =>
        svg.Append("<path fill=\"none\" stroke=\"#1f5a94\" stroke-width=\"1.3\" stroke-linejoin=\"round\" d=\"")
            .Append(Points(values, scale, "M"))
            .Append("\"/>\n");

    private string Points(double[] values, Func<double, double> scale, string begin) =>
        string.Concat(
            Enumerable.Range(start, values.Length - start).Select(i => Point(forecast.Times[i], scale(values[i]), i == start ? begin : "L"))
        );

    private string Point(DateTime time, double y, string letter) =>
        string.Create(CultureInfo.InvariantCulture, $"{letter}{X(time):0.##} {y:0.##}");

    private double X(DateTime time) => Left + ((time - first).Ticks / span * (Width - Left - Right));

    /// <summary>1, 2 or 5 times a power of ten, about as large.</summary>
    private static double RoundStep(double about)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(about)));
        return power
            * (
                (about / power) switch
                {
                    < 1.5 => 1,
                    < 3.5 => 2,
                    < 7.5 => 5,
                    _ => 10,
                }
            );
    }
}
