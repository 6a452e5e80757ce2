using System.Text.Json.Nodes;

namespace Tradepost.Marketplace.Sales;

/// <summary>How far bounds have to reach: around estimates of products whose own sales are known, and around those of others.</summary>
internal readonly record struct Reaches(double Known, double New);

/// <summary>How sales of so many days are estimated.</summary>
/// <param name="Weight">How much a product's sales before say beside its reviews.</param>
/// <param name="RatesBefore">Those sales by the number of the product, in units a day; null where there are none of late.</param>
internal sealed record SalesRule(Reaches Reaches, double Weight, IReadOnlyList<double?> RatesBefore)
{
    /// <summary>The rule where nothing is known.</summary>
    public static SalesRule Assumed { get; } = new(new Reaches(new Misses().ReachOn(0), new Misses().ReachOn(0)), Weight: 0, []);

    /// <summary>The distribution of the units of so many days.</summary>
    /// <param name="product">The number of the product; -1 where its sales are not known.</param>
    /// <param name="mean">By its reviews.</param>
    /// <param name="reviews">That they were reckoned from.</param>
    /// <param name="drift">The relative standard deviation of the share.</param>
    /// <param name="days">How many.</param>
    public (double Units, double Lower, double Upper) Estimate(int product, double mean, double reviews, double drift, int days)
    {
        var before = product >= 0 && product < RatesBefore.Count ? RatesBefore[product] * days : null;
        var interval = LastMonthWeight.Of(mean, reviews, drift, before, Weight);
        var (lower, upper) = interval.Bounds(product >= 0 ? Reaches.Known : Reaches.New);
        return (Math.Round(interval.Mean, 3), lower, upper);
    }
}

/// <summary>What is learned from known sales up to a day, and how good it is. For use by one caller at a time.</summary>
internal sealed class LearnedSales
{
    /// <summary>Days of sales that are judged, beside those that are asked for.</summary>
    private static readonly int[] Horizons = [1, 7, 30];

    private readonly SalesHistory history;
    private readonly IReadOnlyList<KnownStretch> stretches;
    private readonly int day;
    private readonly Dictionary<(int Days, bool IsForecast), Past> rolled = [];

    private LearnedSales(SalesHistory history)
    {
        this.history = history;
        day = Period.Last;
        stretches = history.Stretches();
        var evidence = new ShareEvidence(history.Tree);
        foreach (var stretch in stretches)
        {
            evidence.Add(stretch);
        }

        Shares = evidence.On(day);
        KnownTotals = TotalJudge.Known(history);
        Totals = TotalModel.Learn(KnownTotals);
    }

    /// <summary>Null where no product has both new reviews and known sales.</summary>
    public Shares? Shares { get; }

    /// <summary>Of products that were seen once; null where too few of them are known.</summary>
    public TotalModel? Totals { get; }

    public IReadOnlyList<(double Reviews, double Units)> KnownTotals { get; }

    public ProductTree Tree => history.Tree;

    /// <summary>How many stretches of known sales the shares were learned from.</summary>
    public int Stretches => stretches.Count;

    /// <summary>The first and the last day with known sales.</summary>
    public (int First, int Last) Period =>
        (
            history.Products.SelectMany(product => product.Sales).Min(sale => sale.First),
            history.Products.SelectMany(product => product.Sales).Max(sale => sale.Last)
        );

    /// <summary>What the model is made of, in short.</summary>
    public JsonObject Parameters() =>
        new()
        {
            ["share"] = Shares?.All,
            ["category_strength"] = Shares?.Strengths.Category,
            ["brand_strength"] = Shares?.Strengths.Brand,
            ["product_strength"] = Shares?.Strengths.Product,
            ["products"] = history.Products.Count,
            ["known_totals"] = KnownTotals.Count,
        };

    /// <summary>The same with everything that estimates come from: each product's share, and the totals.</summary>
    public JsonObject Describe()
    {
        var described = Parameters();
        described["products"] = new JsonObject(
            history.Tree.Skus.Select(
                (sku, i) => KeyValuePair.Create<string, JsonNode?>(sku, Shares is null ? null : Shares.Of(history.Tree.Places[i]).Share)
            )
        );
        described["totals"] = new JsonArray([.. KnownTotals.Select(one => (JsonNode)new JsonArray(one.Reviews, one.Units))]);
        return described;
    }

    /// <summary>Learns. What is known is seen from the last day with known sales, so that the same sales always teach the same.</summary>
    /// <param name="history">With known sales.</param>
    public static LearnedSales Of(SalesHistory history) => new(history);

    /// <summary>Learns how sales of so many days are estimated; null where no known sales are of so many.</summary>
    /// <param name="days">Days of the sales.</param>
    /// <param name="isForecast">Whether the estimate is made before them rather than after them.</param>
    /// <param name="asOf">The day of the estimate.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public SalesRule? FindRule(int days, bool isForecast, int asOf, CancellationToken cancellationToken)
    {
        if (Roll(days, isForecast, cancellationToken) is not { Known.Count: > 0 } past)
        {
            return null;
        }

        var over = isForecast ? asOf : asOf - days;
        return new SalesRule(past.Reaches, past.Weight, [.. history.Products.Select(product => RateBefore(product, days, over))]);
    }

    /// <summary>Units a day of the newest window that was over on a day.</summary>
    private static double? RateBefore(KnownProduct product, int days, int over)
    {
        double? rate = null;
        foreach (var window in SalesHistory.Windows(product, days))
        {
            rate = window.Last <= over && over - window.Last < LastMonthWeight.OldestDays ? window.Units / window.Length : rate;
        }

        return rate;
    }

    /// <summary>Judges estimates of the past beside the baselines.</summary>
    public BacktestResult Judge(int days, CancellationToken cancellationToken)
    {
        var past = Roll(days, isForecast: false, cancellationToken);
        if (past.Known.Count > 0)
        {
            return BacktestResult.Of(past.Known, past.New, days, past.NotEnough, JudgeHorizons(days, cancellationToken));
        }

        var totals = TotalJudge.Run(KnownTotals);
        return BacktestResult.Of(totals, totals, horizonDays: null, past.NotEnough, horizons: []);
    }

    private List<HorizonFigures> JudgeHorizons(int asked, CancellationToken cancellationToken) =>
        [
            .. from days in Horizons.Append(asked).Distinct().Order()
            from isForecast in new[] { false, true }
            let past = Roll(days, isForecast, cancellationToken)
            where past.Known.Count > 0
            select HorizonFigures.Of(past.Known, days, isForecast),
        ];

    /// <summary>Makes the estimates of the past again, once for all who ask.</summary>
    private Past Roll(int days, bool isForecast, CancellationToken cancellationToken)
    {
        if (!rolled.TryGetValue((days, isForecast), out var past))
        {
            var (cases, notEnough) = SalesCase.Of(history, days, isForecast);
            var (known, unseen) = (new RollingJudge(history, stretches, areNew: false), new RollingJudge(history, stretches, areNew: true));
            IReadOnlyList<JudgedCase> ofKnown = [],
                ofNew = [];
            Parallel.Invoke(
                new ParallelOptions { CancellationToken = cancellationToken },
                () => ofKnown = known.Run(cases, cancellationToken),
                () => ofNew = unseen.Run(cases, cancellationToken)
            );
            past = new Past(
                ofKnown,
                ofNew,
                new Reaches(known.Misses.ReachOn(day), unseen.Misses.ReachOn(day)),
                known.Weight.On(day),
                notEnough
            );
            rolled[(days, isForecast)] = past;
        }

        return past;
    }

    private sealed record Past(
        IReadOnlyList<JudgedCase> Known,
        IReadOnlyList<JudgedCase> New,
        Reaches Reaches,
        double Weight,
        int NotEnough
    );
}
