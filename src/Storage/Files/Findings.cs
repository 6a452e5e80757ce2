namespace Tradepost.Storage.Files;

/// <summary>Counts what was found in lines, by rule.</summary>
public sealed class Findings
{
    private readonly Dictionary<string, FindingCount> counts = new(StringComparer.Ordinal);

    public IReadOnlyCollection<FindingCount> Counts => counts.Values;

    internal void Add(string rule, bool isRow, string file, long line) =>
        counts[rule] = counts.TryGetValue(rule, out var count)
            ? count with
            {
                Lines = count.Lines + 1,
            }
            : new FindingCount(rule, 1, isRow, file, line);
}

/// <summary>How often something was found in lines.</summary>
/// <param name="Rule">What, in snake case.</param>
/// <param name="Lines">In how many lines.</param>
/// <param name="IsRow">Whether the lines are rows all the same.</param>
/// <param name="FirstFile">Where it was found first.</param>
/// <param name="FirstLine">The line there.</param>
public sealed record FindingCount(string Rule, long Lines, bool IsRow, string FirstFile, long FirstLine);
