using Tradepost.Learning.Numerics;

namespace Tradepost.Marketplace.Guarding;

/// <summary>
/// What became of the whole collection on each day, from all products in any order of products: the days on which the source changed rather
/// than the market. A day is judged by itself and by the days before it.
/// </summary>
internal sealed class CollectionWatch
{
    /// <summary>Products of a collection that is large enough for shares.</summary>
    private const int FewProducts = 20;

    /// <summary>Products of which a change of meaning is visible: it is larger than anything else.</summary>
    private const int LeastProducts = 3;

    private const int PastDays = 30;
    private const int LeastPastDays = 5;

    private static readonly double MeaningFactor = Math.Log(2.5);

    private readonly SortedDictionary<int, Day> days = [];
    private readonly RecentReadings recent = new();
    private string sku = "";

    /// <summary>Takes the next reading; those of a product follow each other, by day.</summary>
    public void See(Reading reading)
    {
        if (reading.Sku != sku)
        {
            recent.Clear();
            sku = reading.Sku;
        }

        if (!days.TryGetValue(reading.Day, out var day))
        {
            days.Add(reading.Day, day = new Day());
        }

        for (var field = 0; field < GuardedField.All.Length; field++)
        {
            if (!reading.Has(field))
            {
                continue;
            }

            if (field == GuardedField.Price)
            {
                day.Steps.Add(reading.StepOf(field));
            }

            if (recent.MoveOf(reading, field) is { } move)
            {
                (day.Sections[field] ??= new CrossSection(GuardedField.All[field].Kind)).Add(move, reading[field]);
            }
        }

        recent.Add(reading);
    }

    /// <summary>Judges every day that was seen.</summary>
    public Collection Judge()
    {
        var collection = new Collection();
        var steps = new PriceSteps();
        for (var field = 0; field < GuardedField.All.Length; field++)
        {
            var past = new List<CrossSection>();
            foreach (var (day, seen) in days)
            {
                if (seen.Sections[field] is { } section)
                {
                    Judge(collection, day, field, section, past);
                }
            }
        }

        foreach (var (day, seen) in days)
        {
            collection.SetSteps(day, steps.Finest);
            steps.Add(seen.Steps);
        }

        return collection;
    }

    private static void Judge(Collection collection, int day, int field, CrossSection section, List<CrossSection> past)
    {
        var usual = past.TakeLast(PastDays).ToList();
        var rule =
            HasOtherMeaning(field, section, usual) ? GuardRule.MeaningChanged
            : HasMoved(section, usual) ? GuardRule.CollectionMoved
            : IsOfOthers(section, usual) ? GuardRule.DisagreesWithYesterday
            : null;
        if (rule is not null)
        {
            collection.Add(day, field, rule);
        }

        var (value, count) = section.Repeated;
        if (section.Count >= FewProducts && count >= Math.Max(8, 0.03 * section.Count) && count > 4 * Median(usual, s => s.Repeated.Count))
        {
            collection.AddRepeated(day, field, value);
        }

        // A platform that removes reviews takes a part of them from many products; decoys fall by anything, here and there.
        if (
            field == GuardedField.Reviews
            && section.Count >= FewProducts
            && section.FallenShare >= Math.Max(0.05, 10 * Median(usual, s => s.FallenShare))
            && section.MedianFall >= Math.Log(0.75)
        )
        {
            collection.AddPurge(day);
        }

        if (rule is null)
        {
            past.Add(section);
        }
    }

    /// <summary>Most numbers are another multiple of those before, the same way: all sales became those of 30 days, or thousands.</summary>
    private static bool HasOtherMeaning(int field, CrossSection section, List<CrossSection> usual) =>
        field is GuardedField.Reviews or GuardedField.Sold
        && section.Count >= LeastProducts
        && Math.Abs(section.MedianFactor) >= Math.Max(MeaningFactor, 5 * Median(usual, s => Math.Abs(s.MedianFactor)))
        && section.DoubledShare >= 0.6;

    /// <summary>Nearly everything moved, by the same factor. On a sale day prices fall by many.</summary>
    private static bool HasMoved(CrossSection section, List<CrossSection> usual) =>
        section.Count >= FewProducts
        && usual.Count >= LeastPastDays
        && section.MovedShare >= Math.Max(0.6, Median(usual, s => s.MovedShare) + 0.3)
        && section.Moves is var (median, width)
        && width <= 0.03 + (0.1 * Math.Abs(median));

    /// <summary>Many values are far from those before, some above and some below: they belong to other products.</summary>
    private static bool IsOfOthers(CrossSection section, List<CrossSection> usual) =>
        section.Count >= FewProducts
        && usual.Count >= LeastPastDays
        && section.StrangeUpShare >= 0.1
        && section.StrangeDownShare >= 0.1
        && section.StrangeUpShare + section.StrangeDownShare
            >= Math.Max(0.3, 5 * Median(usual, s => s.StrangeUpShare + s.StrangeDownShare));

    private static double Median(List<CrossSection> usual, Func<CrossSection, double> of) =>
        usual.Count == 0 ? 0 : Quantiles.Median([.. usual.Select(of)]);

    /// <summary>What is added up of a day.</summary>
    private sealed class Day
    {
        public CrossSection?[] Sections { get; } = new CrossSection?[GuardedField.All.Length];

        public PriceSteps Steps { get; } = new();
    }
}
