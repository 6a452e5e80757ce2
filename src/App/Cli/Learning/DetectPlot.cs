using System.Globalization;
using System.Net;
using System.Text;
using Tradepost.Arguments;
using Tradepost.Learning.Anomalies;

namespace Tradepost.App.Cli.Learning;

/// <summary>Draws detections as SVG: the series over its expected interval, anomalies marked, and the score below. Of many rows to a pixel the extremes are drawn.</summary>
internal sealed class DetectPlot
{
    private const int Width = 960;
    private const int Left = 70;
    private const int Right = 20;
    private const int SeriesTop = 24;
    private const int SeriesBottom = 330;
    private const int ScoreTop = 372;
    private const int ScoreBottom = 440;
    private const int Height = 470;
    private const double Margin = 0.04;

    private readonly StringBuilder svg = new();
    private readonly Detection[] rows;
    private readonly DateTime first;
    private readonly double span;

    private DetectPlot(Detection[] rows)
    {
        this.rows = rows;
        first = rows.Min(row => row.Time);
        span = Math.Max(1, (rows.Max(row => row.Time) - first).Ticks);
    }

    /// <summary>The whole document.</summary>
    public static string Draw(string title, Detection[] detections) => new DetectPlot(detections).Draw(title);

    private string Draw(string title)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#444\">\n"
        );
        svg.Append(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        Title(SeriesTop, $"{title}: values, what was expected, anomalies");
        var values = rows.Where(row => double.IsFinite(row.Value)).Select(row => row.Value).ToList();
        var (least, greatest) = values.Count == 0 ? (0, 1) : (values.Min(), values.Max());
        var margin = greatest > least ? Margin * (greatest - least) : Math.Max(1e-9, Math.Abs(greatest));
        var scale = Axis(SeriesTop, SeriesBottom, least - margin, greatest + margin, 6);
        Band(scale);
        Line(row => row.Value, scale, "#222", 0.8);
        foreach (var row in rows.Where(row => row.IsAnomaly))
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path stroke=\"#c0392b\" stroke-opacity=\"0.35\" d=\"M{X(row.Time):0.##} {SeriesTop}V{SeriesBottom}\"/><circle cx=\"{X(row.Time):0.##}\" cy=\"{scale(row.Value):0.##}\" r=\"4\" fill=\"none\" stroke=\"#c0392b\" stroke-width=\"1.6\"><title>{WebUtility.HtmlEncode(ForecastFiles.Show(row.Time))} {WebUtility.HtmlEncode(row.Reason)}</title></circle>\n"
            );
        }

        Title(ScoreTop, "score; from 0.5 on an anomaly");
        var score = Axis(ScoreTop, ScoreBottom, 0, 1, 2);
        Line(row => row.Score, score, "#c0392b", 1);
        Times();
        return svg.Append("</svg>\n").ToString();
    }

    private void Title(int top, string text) =>
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Left}\" y=\"{top - 8}\" font-weight=\"bold\">{WebUtility.HtmlEncode(HiddenCharacters.Escape(text))}</text>\n"
        );

    /// <summary>Lines and labels of a panel; gives where on the page a value is, at most at its edge.</summary>
    private Func<double, double> Axis(int top, int bottom, double least, double greatest, int ticks)
    {
        var step = RoundStep((greatest - least) / ticks);
        for (var tick = Math.Ceiling(least / step) * step; tick <= greatest && tick + step > tick; tick += step)
        {
            var y = Y(tick);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path stroke=\"#ddd\" d=\"M{Left} {y:0.#}H{Width - Right}\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{(Math.Abs(tick) < step / 1e6 ? 0 : tick):G5}</text>\n"
            );
        }

        return Y;

        double Y(double value) => bottom - ((Math.Clamp(value, least, greatest) - least) / (greatest - least) * (bottom - top));
    }

    private void Times()
    {
        for (var i = 0; i <= 6; i++)
        {
            var time = first + TimeSpan.FromTicks((long)(span * i / 6));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{X(time):0.#}\" y=\"{ScoreBottom + 18}\" text-anchor=\"{(i == 0 ? "start" : i == 6 ? "end" : "middle")}\">{time.ToString(span > TimeSpan.TicksPerDay * 5 ? "yyyy-MM-dd" : "MM-dd HH:mm", CultureInfo.InvariantCulture)}</text>\n"
            );
        }
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

        svg.Append("<path fill=\"#4c78a8\" fill-opacity=\"0.25\" d=\"M");
        svg.AppendJoin('L', columns.Select(column => Point(column.X, column.High))).Append('L');
        svg.AppendJoin('L', Enumerable.Reverse(columns).Select(column => Point(column.X, column.Low))).Append("Z\"/>\n");
    }

    private void Line(Func<Detection, double> of, Func<double, double> scale, string colour, double width)
    {
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\" stroke-linejoin=\"round\" d=\""
        );
        var letter = 'M';
        foreach (var (x, least, greatest) in Columns(of))
        {
            svg.Append(letter).Append(Point(x, scale(least)));
            _ = greatest > least ? svg.Append('L').Append(Point(x, scale(greatest))) : svg;
            letter = 'L';
        }

        svg.Append("\"/>\n");
    }

    /// <summary>Per pixel the least and the greatest, from left to right.</summary>
    private IEnumerable<(double X, double Least, double Greatest)> Columns(Func<Detection, double> of) =>
        rows.Where(row => double.IsFinite(of(row)))
            .GroupBy(row => Math.Round(X(row.Time)))
            .OrderBy(column => column.Key)
            .Select(column => (column.Key, column.Min(of), column.Max(of)));

    private static string Point(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#} {y:0.#}");

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
