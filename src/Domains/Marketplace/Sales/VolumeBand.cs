namespace Tradepost.Marketplace.Sales;

/// <summary>Windows in which about as much was sold.</summary>
/// <param name="From">Units.</param>
/// <param name="To">Units, exclusive; null for any more.</param>
/// <param name="Windows">How many.</param>
/// <param name="Bias">By how much the estimates' sum is too high, as a share of what was sold; that of <paramref name="Model"/>.</param>
/// <param name="Model">The estimates.</param>
/// <param name="LastMonth">Sales of the newest window before, again.</param>
/// <param name="Constant">New reviews times one constant.</param>
public sealed record VolumeBand(
    double From,
    double? To,
    int Windows,
    double Bias,
    EstimateFigures Model,
    EstimateFigures LastMonth,
    EstimateFigures Constant
)
{
    private static readonly double[] Ends = [0, 10, 100, 1000, 10_000];

    internal static IReadOnlyList<VolumeBand> Of(IReadOnlyCollection<JudgedCase> cases) =>
        [.. Ends.Select((least, i) => Of(cases, least, i + 1 < Ends.Length ? Ends[i + 1] : null)).Where(band => band.Windows > 0)];

    private static VolumeBand Of(IEnumerable<JudgedCase> cases, double least, double? most)
    {
        var band = cases.Where(one => one.Units >= least && !(one.Units >= most)).ToList();
        var model = EstimateFigures.Of(band, one => one.Estimate, hasBounds: true);
        return new VolumeBand(
            least,
            most,
            band.Count,
            model.Bias,
            model,
            EstimateFigures.Of(band, one => one.LastMonth),
            EstimateFigures.Of(band, one => one.Constant)
        );
    }
}
