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

    /// <summary>The same figures by what was sold.</summary>
    public required IReadOnlyList<VolumeBand> Bands { get; init; }

    /// <summary>The same figures by how many days were estimated at once, after them and before them; those of which known sales are.</summary>
    public required IReadOnlyList<HorizonFigures> Horizons { get; init; }

    internal static BacktestResult Of(
        IReadOnlyList<JudgedCase> known,
        IReadOnlyList<JudgedCase> unseen,
        int? horizonDays,
        int notEnough,
        IReadOnlyList<HorizonFigures> horizons
    ) =>
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
            Horizons = horizons,
        };
}

/// <summary>Figures of products as if nothing had ever been known of their sales; last month again is what somebody would say who knew them.</summary>
public sealed record NewProductFigures(int Windows, EstimateFigures Model, EstimateFigures LastMonth, EstimateFigures Constant);
