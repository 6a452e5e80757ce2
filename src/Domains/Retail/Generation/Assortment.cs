using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>What can be bought, and how customers fill a basket from it.</summary>
internal sealed class Assortment
{
    /// <summary>No order has more lines.</summary>
    public const int MostLines = 5;

    private const int MostTries = 12;

    private readonly IReadOnlyList<Offer> offers;
    private readonly double[] popularity;

    public Assortment(IReadOnlyList<Offer> offers)
    {
        this.offers = offers.Count is > 0 and <= 64
            ? offers
            : throw new ArgumentException($"{offers.Count} products are on offer; between 1 and 64 are expected.", nameof(offers));
        popularity = new double[offers.Count];
        var sum = 0.0;
        for (var i = 0; i < popularity.Length; i++)
        {
            popularity[i] = sum += offers[i].Popularity;
        }
    }

    /// <summary>Fills the lines of an order, each of another product, and returns how many they are.</summary>
    public int FillBasket(ref Dice dice, long orderedAt, Span<OrderLine> lines)
    {
        var wanted = LineCount(dice.Unit());
        var isSale = Season.IsSale(Moment.DayOf(orderedAt));
        var taken = 0UL;
        var count = 0;
        for (var tries = 0; count < wanted && (tries < MostTries || count == 0); tries++)
        {
            var index = Pick(ref dice, orderedAt, tries);
            if ((taken & (1UL << index)) == 0 && offers[index].IsSoldAt(orderedAt))
            {
                taken |= 1UL << index;
                lines[count] = Line(ref dice, ++count, offers[index], orderedAt, isSale);
            }
        }

        return count;
    }

    // Where nothing was found by chance the shelf is walked along, so that an order always has a line.
    private int Pick(ref Dice dice, long orderedAt, int tries)
    {
        if (tries >= MostTries)
        {
            var index = (tries - MostTries) % offers.Count;
            return tries < MostTries + offers.Count
                ? index
                : throw new InvalidOperationException(
                    $"No product is sold at {Moment.ToDateTime(orderedAt):yyyy-MM-dd HH:mm}; orders cannot be made."
                );
        }

        var found = Array.BinarySearch(popularity, dice.Unit() * popularity[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, offers.Count - 1);
    }

    private static int LineCount(double unit) =>
        unit switch
        {
            < 0.25 => 1,
            < 0.55 => 2,
            < 0.80 => 3,
            < 0.92 => 4,
            _ => MostLines,
        };

    private static OrderLine Line(ref Dice dice, int number, Offer offer, long orderedAt, bool isSale)
    {
        var price = offer.PriceAt(orderedAt);
        var quantity = dice.Unit() switch
        {
            < 0.80 => 1,
            < 0.94 => 2,
            _ => 3 + dice.Below(3),
        };
        var percent = dice.Chance(isSale ? 0.6 : 0.15) ? 5 * (1 + dice.Below(isSale ? 4 : 3)) : 0;
        return new OrderLine(number, offer.ProductId, quantity, price, quantity * price * percent / 100);
    }
}
