namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>How curves are fitted.</summary>
public sealed record ResponseFitOptions
{
    /// <summary>Draws that are kept, at least 50.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>Steps of the chain for each draw that is kept, at least 1.</summary>
    public int Thinning { get; init; } = 10;

    /// <summary>Steps before the first draw is kept, in which the proposals learn their shape; at least 500.</summary>
    public int WarmUp { get; init; } = 4000;

    /// <summary>Gives the same fit whenever it is the same.</summary>
    public long Seed { get; init; }
}
