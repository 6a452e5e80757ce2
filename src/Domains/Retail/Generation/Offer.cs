namespace Tradepost.Retail.Generation;

/// <summary>A product as a customer sees it: how wanted it is, when it is sold, and its prices in order of time.</summary>
internal sealed record Offer(long ProductId, double Popularity, long SoldFrom, long SoldUntil, IReadOnlyList<PriceStep> Prices)
{
    public bool IsSoldAt(long time) => SoldFrom <= time && time < SoldUntil;

    public long PriceAt(long time)
    {
        var step = Prices.Count - 1;
        while (step > 0 && Prices[step].From > time)
        {
            step--;
        }

        return Prices[step].Price;
    }
}
