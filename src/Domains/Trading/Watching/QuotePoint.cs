namespace Tradepost.Trading.Watching;

/// <summary>The quotes of a symbol in a span of time, for a chart.</summary>
/// <param name="At">When the span begins, UTC.</param>
/// <param name="Bid">On average.</param>
/// <param name="Ask">On average.</param>
public sealed record QuotePoint(DateTime At, double Bid, double Ask, double SpreadBasisPoints, long Quotes);
