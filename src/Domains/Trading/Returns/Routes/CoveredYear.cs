namespace Tradepost.Trading.Returns.Routes;

/// <summary>How the champion's intervals held in a calendar year (UTC).</summary>
/// <param name="Year">The year in which the outcomes fell due.</param>
/// <param name="N">How many there were.</param>
/// <param name="Coverage">The share of returns within their interval of 80 %.</param>
/// <param name="Width">The mean width of these intervals.</param>
public sealed record CoveredYear(int Year, long N, double Coverage, double Width);
