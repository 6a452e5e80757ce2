namespace Tradepost.Retail.Tests.Etl;

internal static class ShouldBeSame
{
    /// <summary>Fails with the first lines that only one of two warehouses has.</summary>
    public static void ShouldBeRowForRow(this IReadOnlyList<string> actual, IReadOnlyList<string> expected, string because)
    {
        if (actual.SequenceEqual(expected))
        {
            return;
        }

        var surplus = Subtract(actual, expected);
        var missing = Subtract(expected, actual);
        Assert.Fail(
            $"{because}: {surplus.Count} rows too many, {missing.Count} missing.\n"
                + string.Join('\n', surplus.Take(8).Select(line => $"+ {line}").Concat(missing.Take(8).Select(line => $"- {line}")))
        );
    }

    private static List<string> Subtract(IReadOnlyList<string> from, IReadOnlyList<string> what)
    {
        var counts = what.CountBy(line => line).ToDictionary();
        var rest = new List<string>();
        foreach (var line in from)
        {
            if (counts.TryGetValue(line, out var left) && left > 0)
            {
                counts[line] = left - 1;
            }
            else
            {
                rest.Add(line);
            }
        }

        return rest;
    }
}
