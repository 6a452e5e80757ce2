namespace Tradepost.Trading.Exchanges;

/// <summary>A price of the order book and what is offered at it, in units of 10⁻⁸; an amount of 0 removes the price.</summary>
internal readonly record struct BookLevel(Int128 Price, Int128 Amount);
