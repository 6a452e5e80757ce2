namespace Tradepost.Trading.Coverage;

/// <summary>Which seconds of a day can be trusted.</summary>
/// <param name="Doubts">The times that cannot, in order.</param>
public sealed record CoverageResult(DateOnly Day, IReadOnlyList<SymbolCoverage> Symbols, IReadOnlyList<Doubt> Doubts);
