namespace Tradepost.App.Learning;

/// <summary>
/// Draws a fit as SVG: on the left predictions against what came (for classes how often 1 came at each probability), on the right what
/// matters most.
/// </summary>
internal sealed class FitPlot
{
    private const int Size = 420;
    private const int Left = 60;
    private const int Top = 34;
    private const int MostDots = 4000;
    private const int FewDots = 500;
    private const int MostBars = 15;
    private const int Bins = 10;

    private readonly SvgPlot plot = new(Size + Top + 46, Left);

    private FitPlot() { }

    public static string Draw(bool isClassifier, double[] actual, double[] predicted, string of, IReadOnlyList<FitImportance> importances)
    {
        var fit = new FitPlot();
        fit.plot.Title(18, isClassifier ? "share of 1 at each probability" : "predicted against actual");
        fit.plot.Add($"<text x=\"{Left}\" y=\"{Top + Size + 36}\">{SvgPlot.Escape(of)}</text>\n");
        if (isClassifier)
        {
            fit.Calibration(actual, predicted);
        }
        else
        {
            fit.Dots(actual, predicted);
        }

        fit.Bars([.. importances.Take(MostBars)]);
        return fit.plot.End();
    }

    private void Dots(double[] actual, double[] predicted)
    {
        var (least, greatest) = (Math.Min(actual.Min(), predicted.Min()), Math.Max(actual.Max(), predicted.Max()));
        var span = greatest > least ? greatest - least : 1;
        Frame(least, least + span);
        var step = Math.Max(1, actual.Length / MostDots);
        var (width, opacity) = actual.Length < FewDots ? ("6", "0.6") : ("3", "0.3");
        plot.Path(
            $"stroke=\"#1f5a94\" stroke-width=\"{width}\" stroke-linecap=\"round\" stroke-opacity=\"{opacity}\"",
            Enumerable
                .Range(0, (actual.Length + step - 1) / step)
                .Select(i => i * step)
                .Select(i => $"M{SvgPlot.Point(X((actual[i] - least) / span), Y((predicted[i] - least) / span))}h0")
        );
    }

    private void Calibration(double[] actual, double[] predicted)
    {
        Frame(0, 1);
        var order = Enumerable.Range(0, actual.Length).OrderBy(i => predicted[i]).ToArray();
        plot.Path(
            "fill=\"none\" stroke=\"#1f5a94\" stroke-width=\"2\"",
            order
                .Chunk(Math.Max(1, (order.Length + Bins - 1) / Bins))
                .Select((bin, i) => (i == 0 ? "M" : "L") + SvgPlot.Point(X(bin.Average(j => predicted[j])), Y(bin.Average(j => actual[j]))))
        );
    }

    private void Frame(double least, double greatest)
    {
        for (var i = 0; i <= 4; i++)
        {
            var label = (least + ((greatest - least) * i / 4)).ToString("G4");
            plot.Value(Y(i / 4.0), X(1), $"{label}");
            plot.Add($"<text x=\"{X(i / 4.0):0.#}\" y=\"{Y(0) + 16}\" text-anchor=\"middle\">{label}</text>\n");
        }

        plot.Add($"<path stroke=\"#c44\" stroke-dasharray=\"4 3\" d=\"M{X(0)} {Y(0)}L{X(1)} {Y(1)}\"/>\n");
    }

    private void Bars(FitImportance[] importances)
    {
        plot.Title(640, 18, "what matters most");
        var greatest = importances.Select(one => Math.Abs(one.Importance)).DefaultIfEmpty(0).Max();
        for (var i = 0; i < importances.Length; i++)
        {
            var (y, width) = (Top + (i * 26), greatest > 0 ? Math.Abs(importances[i].Importance) / greatest * 230 : 0);
            plot.Add(
                $"<text x=\"632\" y=\"{y + 13}\" text-anchor=\"end\">{SvgPlot.Escape(importances[i].Feature)}</text><rect x=\"640\" "
                    + $"y=\"{y}\" width=\"{width:0.#}\" height=\"18\" "
                    + $"fill=\"{(importances[i].Importance < 0 ? "#c88" : "#4c78a8")}\"/><text x=\"{646 + width:0.#}\" "
                    + $"y=\"{y + 13}\">{importances[i].Importance:G3}</text>\n"
            );
        }
    }

    private static double X(double share) => Left + (share * Size);

    private static double Y(double share) => Top + ((1 - share) * Size);
}
