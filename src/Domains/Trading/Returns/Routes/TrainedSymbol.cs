namespace Tradepost.Trading.Returns.Routes;

/// <summary>A symbol that models were trained on.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Horizons">How many hours ahead, the nearest first.</param>
public sealed record TrainedSymbol(string Symbol, IReadOnlyList<int> Horizons);
