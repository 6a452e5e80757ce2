namespace Tradepost.Trading.Coverage;

/// <summary>Whole seconds of a symbol that cannot be trusted.</summary>
/// <param name="From">UTC.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Reason">The gap's, or unrecorded.</param>
public sealed record Doubt(string Exchange, string Symbol, DateTime From, DateTime To, int Length, string Reason);
