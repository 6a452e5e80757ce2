using System.Globalization;
using System.Net;
using System.Text;
using Tradepost.Arguments;

namespace Tradepost.App.Cli.Learning;

/// <summary>Draws a fit as SVG: on the left predictions against what came (for classes how often 1 came at each probability), on the right what matters most.</summary>
internal static class FitPlot
{
    private const int Size = 420;
    private const int Left = 60;
    private const int Top = 34;
    private const int MostDots = 4000;
    private const int FewDots = 500;
    private const int MostBars = 15;
    private const int Bins = 10;

    public static string Draw(bool isClassifier, double[] actual, double[] predicted, string of, IReadOnlyList<FitImportance> importances)
    {
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 {Size + Top + 46}\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#444\">\n<rect width=\"960\" height=\"{Size + Top + 46}\" fill=\"#fff\"/>\n"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Left}\" y=\"18\" font-weight=\"bold\">{(isClassifier ? "share of 1 at each probability" : "predicted against actual")}</text>\n<text x=\"{Left}\" y=\"{Top + Size + 36}\">{WebUtility.HtmlEncode(HiddenCharacters.Escape(of))}</text>\n"
        );
        if (isClassifier)
        {
            Calibration(svg, actual, predicted);
        }
        else
        {
            Dots(svg, actual, predicted);
        }

        Bars(svg, [.. importances.Take(MostBars)]);
        return svg.Append("</svg>\n").ToString();
    }

    private static void Dots(StringBuilder svg, double[] actual, double[] predicted)
    {
        var (least, greatest) = (Math.Min(actual.Min(), predicted.Min()), Math.Max(actual.Max(), predicted.Max()));
        var span = greatest > least ? greatest - least : 1;
        Frame(svg, least, least + span);
        var step = Math.Max(1, actual.Length / MostDots);
        var (width, opacity) = actual.Length < FewDots ? (6, 0.6) : (3, 0.3);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path stroke=\"#1f5a94\" stroke-width=\"{width}\" stroke-linecap=\"round\" stroke-opacity=\"{opacity}\" d=\""
        );
        for (var i = 0; i < actual.Length; i += step)
        {
            svg.Append(CultureInfo.InvariantCulture, $"M{X((actual[i] - least) / span):0.#} {Y((predicted[i] - least) / span):0.#}h0");
        }

        svg.Append("\"/>\n");
    }

    private static void Calibration(StringBuilder svg, double[] actual, double[] predicted)
    {
        Frame(svg, 0, 1);
        var order = Enumerable.Range(0, actual.Length).OrderBy(i => predicted[i]).ToArray();
        var points = order
            .Chunk(Math.Max(1, (order.Length + Bins - 1) / Bins))
            .Select(bin => (bin.Average(i => predicted[i]), bin.Average(i => actual[i])));
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path fill=\"none\" stroke=\"#1f5a94\" stroke-width=\"2\" d=\"{string.Concat(points.Select((point, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? "M" : "L")}{X(point.Item1):0.#} {Y(point.Item2):0.#}")))}\"/>\n"
        );
    }

    private static void Frame(StringBuilder svg, double least, double greatest)
    {
        for (var i = 0; i <= 4; i++)
        {
            var label = (least + ((greatest - least) * i / 4)).ToString("G4", CultureInfo.InvariantCulture);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<path stroke=\"#ddd\" d=\"M{X(0)} {Y(i / 4.0):0.#}H{X(1)}\"/><text x=\"{Left - 6}\" y=\"{Y(i / 4.0) + 4:0.#}\" text-anchor=\"end\">{label}</text><text x=\"{X(i / 4.0):0.#}\" y=\"{Y(0) + 16}\" text-anchor=\"middle\">{label}</text>\n"
            );
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path stroke=\"#c44\" stroke-dasharray=\"4 3\" d=\"M{X(0)} {Y(0)}L{X(1)} {Y(1)}\"/>\n");
    }

    private static void Bars(StringBuilder svg, FitImportance[] importances)
    {
        svg.Append("<text x=\"640\" y=\"18\" font-weight=\"bold\">what matters most</text>\n");
        var greatest = importances.Select(one => Math.Abs(one.Importance)).DefaultIfEmpty(0).Max();
        for (var i = 0; i < importances.Length; i++)
        {
            var (y, width) = (Top + (i * 26), greatest > 0 ? Math.Abs(importances[i].Importance) / greatest * 230 : 0);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"632\" y=\"{y + 13}\" text-anchor=\"end\">{WebUtility.HtmlEncode(HiddenCharacters.Escape(importances[i].Feature))}</text><rect x=\"640\" y=\"{y}\" width=\"{width:0.#}\" height=\"18\" fill=\"{(importances[i].Importance < 0 ? "#c88" : "#4c78a8")}\"/><text x=\"{646 + width:0.#}\" y=\"{y + 13}\">{importances[i].Importance.ToString("G3", CultureInfo.InvariantCulture)}</text>\n"
            );
        }
    }

    private static double X(double share) => Left + (share * Size);

    private static double Y(double share) => Top + ((1 - share) * Size);
}
