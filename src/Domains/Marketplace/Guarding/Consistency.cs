namespace Tradepost.Marketplace.Guarding;

/// <summary>
/// Whether the fields of a reading fit each other, as those of this product always did: a shop whose discounts never agreed with its prices
/// is not doubted for that.
/// </summary>
internal sealed class Consistency
{
    /// <summary>Readings in which two fields agreed, before their disagreeing says anything.</summary>
    private const int LeastReadings = 10;
    private const double MostFailures = 0.05;

    /// <summary>Readings in a row that contradict: the shop prints so from now on.</summary>
    private const int ReadingsOfNewWay = 5;

    /// <summary>Percent between the printed discount and the one that the prices give: roundings, and a contradiction.</summary>
    private const double Rounding = 1.5;
    private const double Contradiction = 5;

    private static readonly double Jumped = Math.Log(1.5);

    private readonly Agreement discounts = new();
    private readonly Agreement before = new();
    private readonly Agreement range = new();
    private readonly Agreement stars = new();
    private (double Price, double OldPrice, double Discount) last;

    public void Clear()
    {
        discounts.Clear();
        before.Clear();
        range.Clear();
        stars.Clear();
        last = (double.NaN, double.NaN, double.NaN);
    }

    /// <summary>Looks at the fields that no other rule doubts.</summary>
    public void Check(Reading reading, string?[] rules, (double Low, double High)[] expected)
    {
        if (Range(reading) is { } problem && rules[problem.Field] is null)
        {
            rules[problem.Field] = GuardRule.FieldsContradict;
            expected[problem.Field] = (problem.Low, problem.High);
        }

        if (reading.Has(GuardedField.Rating) && rules[GuardedField.Rating] is null && stars.Breaks(HasStars(reading)))
        {
            rules[GuardedField.Rating] = GuardRule.FieldsContradict;
            expected[GuardedField.Rating] = (1, 5);
        }
    }

    /// <summary>Takes a reading into the past, without what is doubted.</summary>
    public void Believe(Reading reading, string?[] rules)
    {
        if (reading.Has(GuardedField.Rating) && rules[GuardedField.Rating] is null)
        {
            stars.Add(HasStars(reading));
        }

        if (rules.AsSpan(GuardedField.Price, GuardedField.Discount - GuardedField.Price + 1).ContainsAnyExcept((string?)null))
        {
            return;
        }

        if (Implied(reading) is { } implied && reading.Has(GuardedField.Discount))
        {
            discounts.Add(Math.Abs(implied - Percent(reading)) <= Rounding);
        }

        if (Implied(reading) is { } off)
        {
            before.Add(off >= 0);
        }

        if (IsInRange(reading) is { } isInRange)
        {
            range.Add(isInRange);
        }

        if (reading.Has(GuardedField.Price))
        {
            last = (reading[GuardedField.Price], reading[GuardedField.OldPrice], reading[GuardedField.Discount]);
        }
    }

    /// <summary>The price that contradicts the others, with what they leave room for.</summary>
    private (int Field, double Low, double High)? Range(Reading reading)
    {
        var (price, full) = (reading[GuardedField.Price], reading[GuardedField.OldPrice]);
        if (Implied(reading) is { } implied)
        {
            if (reading.Has(GuardedField.Discount) && Math.Abs(implied - Percent(reading)) > Contradiction && discounts.Breaks(false))
            {
                var isOfDiscount = price.Equals(last.Price) && !reading[GuardedField.Discount].Equals(last.Discount);
                var (least, most) = (full * (99 - Percent(reading)) / 100, full * (101 - Percent(reading)) / 100);
                return isOfDiscount
                    ? (GuardedField.Discount, implied - 1, implied + 1)
                    : (GuardedField.Price, Math.Round(least), Math.Round(most));
            }

            if (implied < 0 && before.Breaks(false))
            {
                return (GuardedField.Price, 0, full);
            }
        }
        else if (
            Percent(reading) > 0
            && reading[GuardedField.Discount].Equals(last.Discount)
            && price > 0
            && Math.Abs(Math.Log(price / last.Price)) > Jumped
        )
        {
            return (GuardedField.Price, Math.Round(last.Price / 1.5), Math.Round(last.Price * 1.5));
        }

        return IsInRange(reading) == false && range.Breaks(false)
            ? (GuardedField.Price, reading[GuardedField.MinPrice], reading[GuardedField.MaxPrice])
            : null;
    }

    /// <summary>The discount that the prices give, in percent; null without a price before it.</summary>
    private static double? Implied(Reading reading) =>
        reading[GuardedField.OldPrice] > 0 && reading[GuardedField.Price] > 0
            ? 100 * (1 - (reading[GuardedField.Price] / reading[GuardedField.OldPrice]))
            : null;

    /// <summary>The printed discount in percent, whether it was kept as 25 or as 0.25.</summary>
    private static double Percent(Reading reading) =>
        reading[GuardedField.Discount] is > 0 and < 1 and var share ? 100 * share : reading[GuardedField.Discount];

    private static bool? IsInRange(Reading reading) =>
        reading.Has(GuardedField.Price) && reading.Has(GuardedField.MinPrice) && reading.Has(GuardedField.MaxPrice)
            ? reading[GuardedField.MinPrice] <= reading[GuardedField.Price] && reading[GuardedField.Price] <= reading[GuardedField.MaxPrice]
            : null;

    private static bool HasStars(Reading reading) => reading[GuardedField.Rating] is >= 0 and <= 5;

    /// <summary>How often two fields agreed.</summary>
    private sealed class Agreement
    {
        private int agreed;
        private int failed;
        private int breaks;

        public void Clear() => (agreed, failed, breaks) = (0, 0, 0);

        public void Add(bool agrees) => (agreed, failed, breaks) = agrees ? (agreed + 1, failed, 0) : (agreed, failed + 1, breaks);

        /// <summary>Whether fields that do not agree now always did. After some readings in a row this is how the shop prints.</summary>
        public bool Breaks(bool agrees) =>
            !agrees && agreed + failed >= LeastReadings && failed <= MostFailures * (agreed + failed) && ++breaks < ReadingsOfNewWay;
    }
}
