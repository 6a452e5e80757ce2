namespace Tradepost.Retail.Generation;

/// <summary>Decides which rows are made bad, and counts them. One stream of each table may ask at a time.</summary>
internal sealed class Dirt(int seed, double share)
{
    private static readonly string[] Names =
    [
        "missing_email",
        "wrong_encoding",
        "future_date",
        "negative_quantity",
        "unknown_product",
        "duplicate_payment",
    ];

    private readonly long[] counts = new long[Names.Length];

    /// <summary>Bad rows by kind; empty when none were asked for.</summary>
    public IReadOnlyDictionary<string, long> Counts =>
        share == 0 ? new Dictionary<string, long>() : Names.Zip(counts).ToDictionary(pair => pair.First, pair => pair.Second);

    public DirtKind? OfCustomer(long id) => Throw(1, id, DirtKind.MissingEmail, DirtKind.WrongEncoding);

    public DirtKind? OfOrder(long id) => Throw(2, id, DirtKind.FutureDate, DirtKind.FutureDate);

    public DirtKind? OfLine(long orderId, int number) =>
        Throw(3, (orderId * (Assortment.MostLines + 1)) + number, DirtKind.NegativeQuantity, DirtKind.UnknownProduct);

    public DirtKind? OfPayment(long orderId) => Throw(4, orderId, DirtKind.DuplicatePayment, DirtKind.DuplicatePayment);

    private DirtKind? Throw(int table, long id, DirtKind one, DirtKind other)
    {
        if (share == 0)
        {
            return null;
        }

        var dice = new Dice(seed, DiceKind.Dirt, id + ((long)table << 48));
        if (!dice.Chance(share))
        {
            return null;
        }

        var kind = dice.Below(2) == 0 ? one : other;
        counts[(int)kind]++;
        return kind;
    }
}
