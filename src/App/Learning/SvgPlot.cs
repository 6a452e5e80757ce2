using System.Globalization;
using System.Net;
using System.Text;
using Tradepost.Arguments;

namespace Tradepost.App.Learning;

/// <summary>A page of SVG that is being drawn, and the parts that plots share: titles, axes over time, ticks.</summary>
internal sealed class SvgPlot
{
    private const int Width = 960;
    private const int Right = 20;
    private const double Margin = 0.04;
    private const int Times = 6;

    private readonly StringBuilder svg = new();
    private readonly int left;

    // What the panel that is being drawn shows.
    private DateTime first;
    private double span;

    public SvgPlot(int height, int left)
    {
        this.left = left;
        Add(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" font-family=\"sans-serif\" font-size=\"11\" "
                + $"fill=\"#444\">\n<rect width=\"{Width}\" height=\"{height}\" fill=\"#fff\"/>\n"
        );
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(HiddenCharacters.Escape(text));

    public static string Point(double x, double y) => $"{x:0.#} {y:0.#}";

    /// <summary>The least and the greatest of some values, with a margin.</summary>
    public static (double Least, double Greatest) Around(double least, double greatest)
    {
        var margin = greatest > least ? Margin * (greatest - least) : Math.Max(1e-9, Math.Abs(greatest));
        return (least - margin, greatest + margin);
    }

    public void Add(string part) => svg.Append(part);

    /// <summary>Adds a line, or an area, through points.</summary>
    /// <param name="style">The attributes of the path.</param>
    /// <param name="points">What it is drawn through, with its letters.</param>
    public void Path(string style, IEnumerable<string> points) =>
        svg.Append("<path ").Append(style).Append(" d=\"").AppendJoin("", points).Append("\"/>\n");

    public void Title(int y, string text) => Title(left, y, text);

    public void Title(int x, int y, string text) => Add($"<text x=\"{x}\" y=\"{y}\" font-weight=\"bold\">{Escape(text)}</text>\n");

    /// <summary>Lines and labels of values; gives where on the page a value is, at most at the edge.</summary>
    public Func<double, double> Values(int top, int bottom, (double Least, double Greatest) range, int ticks)
    {
        var (least, greatest) = range;
        var step = RoundStep((greatest - least) / ticks);
        for (var tick = Math.Ceiling(least / step) * step; tick <= greatest && tick + step > tick; tick += step)
        {
            Value(Y(tick), Width - Right, $"{(Math.Abs(tick) < step / 1e6 ? 0 : tick):G5}");
        }

        return Y;

        double Y(double value) => bottom - ((Math.Clamp(value, least, greatest) - least) / (greatest - least) * (bottom - top));
    }

    /// <summary>A line at a height, to <paramref name="end"/>, and its label.</summary>
    public void Value(double y, double end, string label) =>
        Add(
            $"<path stroke=\"#ddd\" d=\"M{left} {y:0.#}H{end}\"/><text x=\"{left - 6}\" y=\"{y + 4:0.#}\" "
                + $"text-anchor=\"end\">{label}</text>\n"
        );

    /// <summary>Says which times lie between the edges from here on.</summary>
    public void ShowTimes(DateTime from, DateTime to) => (first, span) = (from, Math.Max(1, (to - from).Ticks));

    public void TimeLabels(int y)
    {
        for (var i = 0; i <= Times; i++)
        {
            var time = first + TimeSpan.FromTicks((long)(span * i / Times));
            var label = time.ToString(span > TimeSpan.TicksPerDay * 5 ? "yyyy-MM-dd" : "MM-dd HH:mm", CultureInfo.InvariantCulture);
            var anchor = i switch
            {
                0 => "start",
                Times => "end",
                _ => "middle",
            };
            Add($"<text x=\"{X(time):0.#}\" y=\"{y}\" text-anchor=\"{anchor}\">{label}</text>\n");
        }
    }

    public double X(DateTime time) => left + ((time - first).Ticks / span * (Width - left - Right));

    /// <summary>The whole document.</summary>
    public string End() => svg.Append("</svg>\n").ToString();

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
