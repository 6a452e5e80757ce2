namespace Tradepost.Marketplace.Guarding;

/// <summary>What the guard found.</summary>
/// <param name="Checked">Days of products.</param>
/// <param name="Suspect">What is not believed, by product and day: the first 5,000 values, the table <c>suspects</c> has all.</param>
public sealed record CheckResult(long Checked, IReadOnlyList<SuspectValue> Suspect);

/// <summary>A value that is not believed.</summary>
/// <param name="Expected">What was expected, in words; also the day from which on it was known, where that is a later one.</param>
/// <param name="Rule">The rule's name.</param>
public sealed record SuspectValue(string Sku, DateOnly Date, string Field, double Value, string Expected, string Rule)
{
    internal static SuspectValue Of(Verdict verdict) =>
        new(
            verdict.Sku,
            DayOf(verdict.Day),
            GuardedField.All[verdict.Field].Name,
            verdict.Value,
            Words(verdict.Low, verdict.High, verdict.Rule)
                + (verdict.KnownOn > verdict.Day ? $" (known on {DayOf(verdict.KnownOn):yyyy-MM-dd})" : ""),
            verdict.Rule
        );

    /// <summary>The expected range in words.</summary>
    internal static string Words(double low, double high, string rule) =>
        (double.IsNaN(low), double.IsNaN(high)) switch
        {
            (true, true) => "another value",
            (false, true) => $"{low} or more",
            (true, false) => $"{high} or less",
            _ when rule == GuardRule.PriceNotPrinted => $"a price as {low} or {high}",
            _ when low.Equals(high) => $"about {low}",
            _ => $"{low} to {high}",
        };

    /// <summary>A day from its number since 1970-01-01.</summary>
    internal static DateOnly DayOf(int day) => DateOnly.FromDayNumber(day + EpochDay);

    internal const int EpochDay = 719_162;
}
