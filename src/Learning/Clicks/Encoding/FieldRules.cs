namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>What fields must be like.</summary>
internal static class FieldRules
{
    public static void Check(IReadOnlyList<ClickField> fields)
    {
        if (fields.Count == 0)
        {
            throw new ArgumentException("A click model needs at least one field.", nameof(fields));
        }

        if (fields.GroupBy(field => field.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"The field {twice.Key} is named twice.", nameof(fields));
        }

        foreach (var field in fields)
        {
            Require(field, field.MinCount is null or >= 1, "min_count", field.MinCount ?? 0, "1 or more");
            Require(field, field.Buckets is >= 2 and <= 10_000, "buckets", field.Buckets, "2 to 10000");
            Require(field, field.MaxValues is >= 1 and <= 1000, "max_values", field.MaxValues, "1 to 1000");
        }
    }

    private static void Require(ClickField field, bool holds, string setting, int value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{setting} of the field {field.Name} is {value}; expected is {expected}."),
                nameof(field)
            );
        }
    }
}
