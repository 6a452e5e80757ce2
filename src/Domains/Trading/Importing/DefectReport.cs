using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Importing;

/// <summary>Counts what was wrong with lines, by kind.</summary>
internal sealed class DefectReport
{
    private readonly SortedDictionary<Defect, DefectCount> counts = [];

    public IReadOnlyList<DefectCount> Counts => [.. counts.Values];

    public void Add(Defect defect, string file, long line)
    {
        counts[defect] = counts.TryGetValue(defect, out var count)
            ? count with
            {
                Lines = count.Lines + 1,
            }
            : new DefectCount(defect.Name(), 1, defect.IsTaken(), file, line);
    }
}
