namespace Tradepost.Marketplace.Sales;

/// <summary>How well estimates of the past met what was sold, beside what is simplest.</summary>
public sealed record BacktestResult
{
    /// <summary>Known sales that were estimated.</summary>
    public required int Windows { get; init; }

    /// <summary>Days of each; null where totals so far were estimated.</summary>
    public required int? HorizonDays { get; init; }

    /// <summary>Known sales that were not estimated, because too few reviews came.</summary>
    public required int NotEnoughData { get; init; }

    /// <summary>Where the true sales come from.</summary>
    public KnownTruth? Truth { get; init; }

    public required EstimateFigures Model { get; init; }

    /// <summary>Sales of the newest window before, again; over the windows that have one.</summary>
    public required EstimateFigures LastMonth { get; init; }

    /// <summary>New reviews times one constant.</summary>
    public required EstimateFigures Constant { get; init; }

    /// <summary>The same where nothing was known of a product's own sales.</summary>
    public required NewProductFigures NewProducts { get; init; }

    /// <summary>By how much the model is too high, by what was sold.</summary>
    public required IReadOnlyList<VolumeBand> Bands { get; init; }

    internal static BacktestResult Of(IReadOnlyList<JudgedCase> known, IReadOnlyList<JudgedCase> unseen, int? horizonDays, int notEnough) =>
        new()
        {
            Windows = known.Count,
            HorizonDays = horizonDays,
            NotEnoughData = notEnough,
            Model = EstimateFigures.Of(known, one => one.Estimate, hasBounds: true),
            LastMonth = EstimateFigures.Of(known, one => one.LastMonth),
            Constant = EstimateFigures.Of(known, one => one.Constant),
            NewProducts = new NewProductFigures(
                unseen.Count,
                EstimateFigures.Of(unseen, one => one.Estimate, hasBounds: true),
                EstimateFigures.Of(unseen, one => one.LastMonth),
                EstimateFigures.Of(unseen, one => one.Constant)
            ),
            Bands = VolumeBand.Of(known),
        };
}

/// <summary>Figures of products as if nothing had ever been known of their sales; last month again is what somebody would say who knew them.</summary>
public sealed record NewProductFigures(int Windows, EstimateFigures Model, EstimateFigures LastMonth, EstimateFigures Constant);

/// <summary>Windows in which about as much was sold.</summary>
/// <param name="From">Units.</param>
/// <param name="To">Units, exclusive; null for any more.</param>
/// <param name="Windows">How many.</param>
/// <param name="Bias">By how much the estimates' sum is too high, as a share of what was sold.</param>
public sealed record VolumeBand(double From, double? To, int Windows, double Bias)
{
    private static readonly double[] Ends = [0, 10, 100, 1000, 10_000];

    internal static IReadOnlyList<VolumeBand> Of(IReadOnlyCollection<JudgedCase> cases) =>
        [
            .. Ends.Select(
                    (least, i) =>
                    {
                        double? to = i + 1 < Ends.Length ? Ends[i + 1] : null;
                        var band = cases.Where(one => one.Units >= least && !(one.Units >= to)).ToList();
                        return new VolumeBand(least, to, band.Count, (band.Sum(one => one.Estimate) / band.Sum(one => one.Units)) - 1);
                    }
                )
                .Where(band => band.Windows > 0),
        ];
}
