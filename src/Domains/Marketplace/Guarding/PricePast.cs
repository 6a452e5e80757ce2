namespace Tradepost.Marketplace.Guarding;

/// <summary>How a shop printed the prices of a product, as far as they were believed.</summary>
internal sealed class PricePast
{
    /// <summary>Prices, each as long as it stood, after which the product's own past counts alone.</summary>
    private const int LeastPrices = 8;

    /// <summary>A price is not printed when it is a thousandth as fine as others, or has a fraction where others have none.</summary>
    private const int FinerBy = 3;

    /// <summary>A price that somebody released counts as so many others: it is printed that way from then on.</summary>
    private const int WeightOfRelease = 1_000;

    private readonly PriceSteps steps = new();
    private readonly double[] last = new double[GuardedField.All.Length];

    public void Clear()
    {
        steps.Clear();
        Array.Fill(last, double.NaN);
    }

    /// <summary>Takes a price that is believed; one that stays counts once, and 0 is none.</summary>
    public void Believe(Reading reading, int field, bool isReleased)
    {
        if (reading[field] > 0 && (isReleased || !reading[field].Equals(last[field])))
        {
            steps.Add(reading.StepOf(field), isReleased ? WeightOfRelease : 1);
            last[field] = reading[field];
        }
    }

    /// <summary>The printed prices on both sides of one that the shop would not print; null for one that it would.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="field">Which price.</param>
    /// <param name="usual">The finest power of ten of the collection's prices.</param>
    public (double Low, double High)? Doubts(Reading reading, int field, int usual)
    {
        var finest =
            steps.Count >= LeastPrices ? steps.Finest
            : steps.Count > 0 ? Math.Min(steps.Finest, usual)
            : usual;
        var (price, step) = (reading[field], reading.StepOf(field));
        if (price < 0 || (price == 0 && field != GuardedField.OldPrice))
        {
            return (double.NaN, double.NaN);
        }

        if (price == 0 || (step > finest - FinerBy && (finest < 0 || step >= 0)))
        {
            return null;
        }

        var unit = Math.Pow(10, finest);
        return (Math.Floor(price / unit) * unit, Math.Ceiling(price / unit) * unit);
    }
}
