namespace Tradepost.Marketplace.Guarding;

/// <summary>
/// The last readings of a product, believed or not, and how far a new value is from them. Near is the distance to the nearest: a value that
/// comes back after a decoy is near what was before it, and one that stays after a change is near the day before.
/// </summary>
internal sealed class RecentReadings
{
    private const int Kept = 5;

    /// <summary>Readings that are older say nothing about today.</summary>
    private const int MostDays = 14;

    private const int LeastCount = 10;

    private readonly double[,] values = new double[Kept, GuardedField.All.Length];
    private readonly int[] days = new int[Kept];
    private int count;

    public void Clear() => count = 0;

    public void Add(Reading reading)
    {
        var slot = count++ % Kept;
        days[slot] = reading.Day;
        for (var field = 0; field < GuardedField.All.Length; field++)
        {
            values[slot, field] = reading[field];
        }
    }

    /// <summary>How a value differs from the readings before it; null where nothing can be compared.</summary>
    public Move? MoveOf(Reading reading, int field)
    {
        var value = reading[field];
        var kind = GuardedField.All[field].Kind;
        Move? move = null;
        for (var back = 1; back <= Math.Min(count, Kept); back++)
        {
            var slot = (count - back) % Kept;
            var before = values[slot, field];
            if (days[slot] < reading.Day - MostDays || double.IsNaN(before) || !IsComparable(kind, value, before))
            {
                continue;
            }

            var factor = kind == FieldKind.Count ? Math.Log((value + 1) / (before + 1)) : Math.Log(value / before);
            move =
                move is not { } known ? new Move(factor, factor, before, before)
                : Math.Abs(factor) < Math.Abs(known.Near) ? known with { Near = factor, Nearest = before }
                : known;
        }

        return move;
    }

    private static bool IsComparable(FieldKind kind, double value, double before) =>
        kind switch
        {
            FieldKind.Count => value >= 0 && before >= 0 && Math.Max(value, before) >= LeastCount,
            FieldKind.Percent => false,
            _ => value > 0 && before > 0,
        };
}

/// <summary>How a value differs from the readings before it, as logarithms of factors.</summary>
/// <param name="Last">From the last one.</param>
/// <param name="Near">From the nearest of the last five.</param>
/// <param name="Before">The last value.</param>
/// <param name="Nearest">The nearest value.</param>
internal readonly record struct Move(double Last, double Near, double Before, double Nearest);
