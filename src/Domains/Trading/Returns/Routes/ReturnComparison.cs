using Tradepost.Trading.Returns.Canaries;
using Tradepost.Trading.Returns.Publishing;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>The models of a symbol and horizon beside one another and beside forecasting no change.</summary>
public sealed record ReturnComparison
{
    /// <summary>What else there is.</summary>
    public required IReadOnlyList<TrainedSymbol> Trained { get; init; }

    /// <summary>Null as long as nothing was trained.</summary>
    public required string? Symbol { get; init; }

    /// <summary>Hours ahead; null as long as nothing was trained.</summary>
    public required int? Horizon { get; init; }

    /// <summary>The best of those that learn; null where none did.</summary>
    public required ReturnChampion? Champion { get; init; }

    /// <summary>Over their whole walks, the baselines among them, the least error first.</summary>
    public required IReadOnlyList<ReturnMetrics> Models { get; init; }

    /// <summary>The checks for leaks that the newest training passed.</summary>
    public required IReadOnlyList<LeakCanary> Canaries { get; init; }

    /// <summary>The champion's intervals year by year.</summary>
    public required IReadOnlyList<CoveredYear> Years { get; init; }

    /// <summary>The champion fold by fold.</summary>
    public required IReadOnlyList<JudgedFold> Folds { get; init; }
}
