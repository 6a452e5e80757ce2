namespace Tradepost.Trading.Watching;

/// <summary>A price of an order book and what is offered at it.</summary>
public sealed record DepthLevel(decimal Price, decimal Amount);
