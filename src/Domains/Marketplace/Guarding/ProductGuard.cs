namespace Tradepost.Marketplace.Guarding;

/// <summary>
/// Judges the readings of products, one product after the other and each by day. What is not believed is no part of the past that later
/// readings are compared with; what somebody released is, and is not doubted again.
/// </summary>
/// <param name="collection">What is known of each day.</param>
/// <param name="decisions">What people decided.</param>
/// <param name="found">Takes what is not believed.</param>
internal sealed class ProductGuard(Collection collection, Decisions decisions, Action<Verdict> found)
{
    /// <summary>A platform removes no more than two reviews in five at once.</summary>
    private const double LeastAfterPurge = 0.6;

    /// <summary>In the place of a rule: somebody said that the value is not true.</summary>
    private const string Confirmed = "confirmed";

    private readonly RecentReadings recent = new();
    private readonly CounterPast reviews = new();
    private readonly PricePast prices = new();
    private readonly Consistency consistency = new();
    private readonly Jump[] jumps = [.. GuardedField.All.Select(field => new Jump(field.Kind))];
    private readonly string?[] rules = new string?[GuardedField.All.Length];
    private readonly (double Low, double High)[] expected = new (double, double)[GuardedField.All.Length];
    private string sku = "";

    /// <summary>Takes the next reading.</summary>
    public void See(Reading reading)
    {
        if (reading.Sku != sku)
        {
            Begin(reading.Sku);
        }

        Array.Clear(rules);
        Array.Fill(expected, (double.NaN, double.NaN));
        ByCollection(reading);
        ByPrinting(reading);
        ByCounting(reading);
        consistency.Check(reading, rules, expected);
        BySameReading(reading);
        Decide(reading);
        recent.Add(reading);
    }

    private void Begin(string next)
    {
        sku = next;
        recent.Clear();
        reviews.Clear();
        prices.Clear();
        consistency.Clear();
        foreach (var jump in jumps)
        {
            jump.Clear();
        }
    }

    /// <summary>Days on which the source changed, for those products that show it.</summary>
    private void ByCollection(Reading reading)
    {
        for (var field = 0; field < rules.Length; field++)
        {
            if (!reading.Has(field) || recent.MoveOf(reading, field) is not { } move)
            {
                continue;
            }

            var kind = GuardedField.All[field].Kind;
            var rule = collection.RuleOf(reading.Day, field) switch
            {
                GuardRule.CollectionMoved when CrossSection.IsMoved(kind, move.Near) => GuardRule.CollectionMoved,
                GuardRule.DisagreesWithYesterday when CrossSection.IsStrange(kind, move.Near) => GuardRule.DisagreesWithYesterday,
                GuardRule.MeaningChanged when CrossSection.IsStrange(kind, move.Near) => GuardRule.MeaningChanged,
                _ => null,
            };
            if (
                rule is null
                && CrossSection.IsTaken(kind, move, reading[field])
                && collection.IsRepeated(reading.Day, field, reading[field])
            )
            {
                rule = GuardRule.ValueRepeated;
            }

            if (rule is not null)
            {
                (rules[field], expected[field]) = (rule, (Math.Min(move.Before, move.Nearest), Math.Max(move.Before, move.Nearest)));
            }
        }
    }

    /// <summary>Prices that are finer than any that this shop has printed.</summary>
    private void ByPrinting(Reading reading)
    {
        for (var field = GuardedField.Price; field <= GuardedField.OldPrice; field++)
        {
            if (!reading.Has(field) || rules[field] is not null)
            {
                continue;
            }

            if (prices.Doubts(reading, field, collection.StepBefore(reading.Day)) is { } range)
            {
                (rules[field], expected[field]) = (GuardRule.PriceNotPrinted, range);
            }
        }
    }

    private void ByCounting(Reading reading)
    {
        const int field = GuardedField.Reviews;
        if (!reading.Has(field) || !reviews.IsBegun || rules[field] is not null)
        {
            return;
        }

        var (value, last, most) = (reading[field], reviews.Last, reviews.MostOn(reading.Day));
        var tolerated = Math.Max(CrossSection.ToleratedFall(last), 0.05 * last);
        var least = collection.HasPurge(reviews.LastDay, reading.Day) ? last * LeastAfterPurge : last - tolerated;
        var rule =
            value < least ? GuardRule.CounterFalls
            : value > most ? GuardRule.CounterLeaps
            : null;
        if (rule is not null)
        {
            (rules[field], expected[field]) = (rule, (last, double.IsInfinity(most) ? double.NaN : Math.Round(most)));
        }
    }

    /// <summary>Who is given a price that no shop prints is given other made-up numbers with it.</summary>
    private void BySameReading(Reading reading)
    {
        if (rules[GuardedField.Price] != GuardRule.PriceNotPrinted)
        {
            return;
        }

        foreach (var field in (ReadOnlySpan<int>)[GuardedField.Reviews, GuardedField.Sold, GuardedField.Rating])
        {
            if (reading.Has(field) && rules[field] is null)
            {
                rules[field] = GuardRule.SameReading;
                expected[field] =
                    field == GuardedField.Reviews && reviews.IsBegun
                        ? (reviews.Last, Finite(reviews.MostOn(reading.Day)))
                        : (double.NaN, double.NaN);
            }
        }
    }

    private void Decide(Reading reading)
    {
        for (var field = 0; field < rules.Length; field++)
        {
            if (!reading.Has(field))
            {
                continue;
            }

            var isReleased = decisions.IsReleased(reading.Sku, reading.Day, field, reading[field]);
            if (isReleased || IsNewLevel(reading, field))
            {
                rules[field] = null;
            }

            if (rules[field] is { } rule)
            {
                var (low, high) = expected[field];
                found(new Verdict(reading.Sku, reading.Day, field, reading[field], low, high, rule, reading.Day));
            }
            else if (decisions.IsConfirmed(reading.Sku, reading.Day, field))
            {
                rules[field] = Confirmed;
            }
            else
            {
                Believe(reading, field, isReleased);
            }
        }

        consistency.Believe(reading, rules);
    }

    /// <summary>Whether the counter has gone on at another level for so long that it is the true one.</summary>
    private bool IsNewLevel(Reading reading, int field) =>
        field == GuardedField.Reviews
        && rules[field] is GuardRule.CounterFalls or GuardRule.CounterLeaps
        && reviews.Doubt(reading[field], reading.Day);

    private void Believe(Reading reading, int field, bool isReleased)
    {
        if (field == GuardedField.Reviews)
        {
            reviews.Believe(reading[field], reading.Day);
        }

        if (GuardedField.All[field].Kind == FieldKind.Price)
        {
            prices.Believe(reading, field, isReleased);
        }

        foreach (var back in jumps[field].Take(reading.Day, reading[field]))
        {
            if (!decisions.IsReleased(reading.Sku, back.Day, field, back.Value))
            {
                found(new Verdict(reading.Sku, back.Day, field, back.Value, back.Low, back.High, GuardRule.JumpAndBack, reading.Day));
            }
        }
    }

    private static double Finite(double value) => double.IsInfinity(value) ? double.NaN : Math.Round(value);
}
