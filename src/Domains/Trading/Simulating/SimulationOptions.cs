namespace Tradepost.Trading.Simulating;

/// <summary>A market that does not exist.</summary>
public sealed record SimulationOptions
{
    /// <summary>Quotes of each symbol in a second, on average; they come in bursts.</summary>
    public double Rate { get; init; } = 20;

    /// <summary>What prices, amounts and arrivals are drawn from.</summary>
    public int Seed { get; init; } = 1;
}
