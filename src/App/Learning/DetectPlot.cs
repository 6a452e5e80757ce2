using System.Net;
using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Learning;

/// <summary>
/// Draws detections as SVG: the series over its expected interval, anomalies marked, and the score below. Of many rows to a pixel the
/// extremes are drawn.
/// </summary>
internal sealed class DetectPlot
{
    private const int Left = 70;
    private const int SeriesTop = 24;
    private const int SeriesBottom = 330;
    private const int ScoreTop = 372;
    private const int ScoreBottom = 440;
    private const int Height = 470;

    private readonly SvgPlot plot = new(Height, Left);
    private readonly Detection[] rows;

    private DetectPlot(Detection[] rows)
    {
        this.rows = rows;
        plot.ShowTimes(rows.Min(row => row.Time), rows.Max(row => row.Time));
    }

    /// <summary>The whole document.</summary>
    public static string Draw(string title, Detection[] detections) => new DetectPlot(detections).Draw(title);

    private string Draw(string title)
    {
        plot.Title(SeriesTop - 8, $"{title}: values, what was expected, anomalies");
        var values = rows.Select(row => row.Value).Where(double.IsFinite).ToList();
        var range = values.Count == 0 ? SvgPlot.Around(0, 1) : SvgPlot.Around(values.Min(), values.Max());
        var scale = plot.Values(SeriesTop, SeriesBottom, range, ticks: 6);
        Band(scale);
        Line(row => row.Value, scale, "#222", 0.8);
        foreach (var row in rows.Where(row => row.IsAnomaly))
        {
            var x = plot.X(row.Time);
            plot.Add(
                $"<path stroke=\"#c0392b\" stroke-opacity=\"0.35\" d=\"M{x:0.##} {SeriesTop}V{SeriesBottom}\"/><circle cx=\"{x:0.##}\" "
                    + $"cy=\"{scale(row.Value):0.##}\" r=\"4\" fill=\"none\" stroke=\"#c0392b\" "
                    + $"stroke-width=\"1.6\"><title>{WebUtility.HtmlEncode(ForecastFiles.Show(row.Time))} "
                    + $"{WebUtility.HtmlEncode(row.Reason)}</title></circle>\n"
            );
        }

        plot.Title(ScoreTop - 8, "score; from 0.5 on an anomaly");
        Line(row => row.Score, plot.Values(ScoreTop, ScoreBottom, (0, 1), ticks: 2), "#c0392b", 1);
        plot.TimeLabels(ScoreBottom + 18);
        return plot.End();
    }

    private void Band(Func<double, double> scale)
    {
        var columns = Columns(row => row.Upper)
            .Zip(Columns(row => row.Lower), (upper, lower) => (upper.X, High: scale(upper.Greatest), Low: scale(lower.Least)))
            .ToList();
        if (columns.Count == 0)
        {
            return;
        }

        var (high, low) = (
            columns.Select(column => SvgPlot.Point(column.X, column.High)),
            columns.Select(column => SvgPlot.Point(column.X, column.Low))
        );
        plot.Path("fill=\"#4c78a8\" fill-opacity=\"0.25\"", [$"M{string.Join('L', high.Concat(low.Reverse()))}Z"]);
    }

    private void Line(Func<Detection, double> of, Func<double, double> scale, string colour, double width) =>
        plot.Path(
            $"fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"",
            Columns(of)
                .SelectMany(
                    column => column.Greatest > column.Least ? new[] { column.Least, column.Greatest } : [column.Least],
                    (column, y) => SvgPlot.Point(column.X, scale(y))
                )
                .Select((point, i) => (i == 0 ? "M" : "L") + point)
        );

    /// <summary>Per pixel the least and the greatest, from left to right.</summary>
    private IEnumerable<(double X, double Least, double Greatest)> Columns(Func<Detection, double> of) =>
        rows.Where(row => double.IsFinite(of(row)))
            .GroupBy(row => Math.Round(plot.X(row.Time)))
            .OrderBy(column => column.Key)
            .Select(column => (column.Key, column.Min(of), column.Max(of)));
}
