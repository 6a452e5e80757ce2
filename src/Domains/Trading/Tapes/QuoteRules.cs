namespace Tradepost.Trading.Tapes;

/// <summary>
/// What a quote and a trade must be, whether they come from an exchange or stand in a file: what is recorded is taken back.
/// </summary>
internal static class QuoteRules
{
    private const long Earliest = 1_230_768_000_000_000; // 2009
    private const long Latest = 4_102_444_800_000_000; // 2100

    /// <summary>Whether it is microseconds of a time when there were such exchanges.</summary>
    public static bool IsTime(long microseconds) => microseconds is >= Earliest and < Latest;

    /// <summary>What is wrong with a quote; a side without orders has neither price nor amount, and is 0 here.</summary>
    public static Defect OfQuote(Int128 askAmount, Int128 askPrice, Int128 bidPrice, Int128 bidAmount)
    {
        var (ask, bid) = (OfSide(askPrice, askAmount), OfSide(bidPrice, bidAmount));
        return !ask.IsTaken() ? ask
            : !bid.IsTaken() ? bid
            : (askPrice > 0, bidPrice > 0) switch
            {
                (false, false) => Defect.NeitherSide,
                (true, true) => bidPrice > askPrice ? Defect.Crossed : Defect.None,
                _ => Defect.OneSided,
            };
    }

    public static Defect OfTrade(Int128 price, Int128 amount) =>
        price <= 0 ? Defect.PriceNotPositive
        : amount < 0 ? Defect.NegativeAmount
        : Defect.None;

    private static Defect OfSide(Int128 price, Int128 amount) => price == 0 && amount == 0 ? Defect.None : OfTrade(price, amount);
}
