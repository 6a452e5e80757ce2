namespace Tradepost.Marketplace.Guarding;

/// <summary>How one field of all products moved on one day.</summary>
internal sealed class CrossSection
{
    /// <summary>Another value by this much is a move of the field's kind.</summary>
    private const double MovedPrice = 0.02;
    private const double MovedRating = 0.05;
    private const double MovedCount = 0.15;

    /// <summary>A value that differs by less is the old one, moved.</summary>
    private const double TakenBy = 0.05;

    /// <summary>By this much, and to both sides, values belong to somebody else.</summary>
    private const double StrangeRating = 0.08;
    private static readonly double Strange = Math.Log(1.5);

    private readonly FieldKind kind;
    private readonly FactorHistogram moves = new();
    private readonly FactorHistogram last = new();
    private readonly FactorHistogram falls = new();
    private readonly FrequentValues taken = new();
    private int moved;
    private int strangeUp;
    private int strangeDown;
    private int doubled;
    private int halved;

    public CrossSection(FieldKind kind) => this.kind = kind;

    /// <summary>Products that can be compared with the days before.</summary>
    public int Count { get; private set; }

    public double MovedShare => Share(moved);

    public double StrangeUpShare => Share(strangeUp);

    public double StrangeDownShare => Share(strangeDown);

    /// <summary>Of all, those that fell by more than some reviews that were deleted.</summary>
    public double FallenShare => Share(falls.Count);

    /// <summary>By what half of those that fell did so, as a logarithm.</summary>
    public double MedianFall => falls.Quantile(0.5);

    /// <summary>The factor from the day before that half of the products exceed, as a logarithm.</summary>
    public double MedianFactor => last.Quantile(0.5);

    /// <summary>The share of the products that at least doubled, or halved, from the day before: whichever more did.</summary>
    public double DoubledShare => Share(Math.Max(doubled, halved));

    /// <summary>The factor of those that moved, and the width of the middle half of them, as logarithms.</summary>
    public (double Median, double Width) Moves => (moves.Quantile(0.5), moves.Quantile(0.75) - moves.Quantile(0.25));

    /// <summary>The value that most products have and did not have before.</summary>
    public (double Value, int Count) Repeated => taken.Top();

    public static bool IsMoved(FieldKind kind, double near) => Math.Abs(near) > MovedBy(kind);

    public static bool IsStrange(FieldKind kind, double near) => Math.Abs(near) > StrangeBy(kind);

    /// <summary>Whether a value is new for its product, not one that counting on from the last leads to.</summary>
    public static bool IsTaken(FieldKind kind, Move move, double value) =>
        kind == FieldKind.Count ? Math.Abs(value - move.Nearest) >= 10 && Math.Abs(move.Near) > MovedCount : Math.Abs(move.Near) > TakenBy;

    /// <summary>Whether a counter fell by more than a few reviews that somebody deleted.</summary>
    public static bool IsFall(double value, double before) => value < before - ToleratedFall(before);

    /// <summary>By how much a counter may fall without a reason.</summary>
    public static double ToleratedFall(double before) => Math.Max(3, 0.02 * before);

    public void Add(Move move, double value)
    {
        Count++;
        last.Add(move.Last);
        if (IsMoved(kind, move.Near))
        {
            moved++;
            moves.Add(move.Near);
        }

        if (IsStrange(kind, move.Near))
        {
            (strangeUp, strangeDown) = move.Near > 0 ? (strangeUp + 1, strangeDown) : (strangeUp, strangeDown + 1);
            (doubled, halved) = (doubled + (move.Last >= Math.Log(2) ? 1 : 0), halved + (move.Last <= -Math.Log(2) ? 1 : 0));
        }

        if (IsTaken(kind, move, value))
        {
            taken.Add(value);
        }

        if (kind == FieldKind.Count && IsFall(value, move.Before))
        {
            falls.Add(move.Last);
        }
    }

    private double Share(int count) => Count == 0 ? 0 : (double)count / Count;

    private static double MovedBy(FieldKind kind) =>
        kind switch
        {
            FieldKind.Price => MovedPrice,
            FieldKind.Rating => MovedRating,
            _ => MovedCount,
        };

    private static double StrangeBy(FieldKind kind) => kind == FieldKind.Rating ? StrangeRating : Strange;
}
