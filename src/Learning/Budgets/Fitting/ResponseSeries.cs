namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>What was spent and what came, period by period.</summary>
public sealed record ResponseSeries
{
    /// <summary>What came: one finite number per period, oldest first.</summary>
    public required IReadOnlyList<double> Response { get; init; }

    /// <summary>What was spent on each channel: as many numbers of 0 or more, not all of them 0.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Spending { get; init; }

    /// <summary>What else moves the response: trend, season, prices; as many finite numbers each. A constant is always there.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Controls { get; init; } = [];
}
