namespace Tradepost.Marketplace.Guarding;

/// <summary>What is known of each day of the whole collection before its products are looked at one by one.</summary>
internal sealed class Collection
{
    private readonly Dictionary<(int Day, int Field), string> rules = [];
    private readonly Dictionary<(int Day, int Field), double> repeated = [];
    private readonly List<int> purges = [];
    private readonly Dictionary<int, int> steps = [];

    /// <summary>The rule by which a field of a day is not believed; null when it is.</summary>
    public string? RuleOf(int day, int field) => rules.GetValueOrDefault((day, field));

    /// <summary>Whether it is the value that suddenly stands at many products.</summary>
    public bool IsRepeated(int day, int field, double value) =>
        repeated.TryGetValue((day, field), out var suspicious) && suspicious.Equals(value);

    /// <summary>Whether the platform removed reviews from many products, after one day and up to another.</summary>
    public bool HasPurge(int after, int until)
    {
        foreach (var day in purges)
        {
            if (day > after && day <= until)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How finely prices were printed on the days before: for products without a past of their own.</summary>
    public int StepBefore(int day) => steps[day];

    public void Add(int day, int field, string rule) => rules[(day, field)] = rule;

    public void AddRepeated(int day, int field, double value) => repeated[(day, field)] = value;

    public void AddPurge(int day) => purges.Add(day);

    public void SetSteps(int day, int step) => steps[day] = step;
}
