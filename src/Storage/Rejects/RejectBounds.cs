namespace Tradepost.Storage.Rejects;

/// <summary>Which of a load's rejects are kept with what they hold, and how many are too many. All are counted.</summary>
public sealed class RejectBounds
{
    private const int KeptOfARule = 1_000;
    private const long JudgedFrom = 100_000;
    private const long Few = 1_000;

    private readonly Dictionary<string, long> kept = new(StringComparer.Ordinal);
    private long harmless;

    /// <summary>More rejects than these stop the load; null: any number is taken.</summary>
    public long? Most { get; init; }

    /// <summary>More rejects than this percentage stop the load, where they are more than a few.</summary>
    public double MostPercent { get; init; } = 50;

    /// <summary>A rule whose rejects say nothing against the file, such as lines that only repeat the one before.</summary>
    public string? Harmless { get; init; }

    /// <summary>Begins a load, or goes on with one of which an earlier run has kept some rejects already.</summary>
    public void Begin(IEnumerable<(string Rule, long Rows)> before)
    {
        kept.Clear();
        harmless = 0;
        foreach (var (rule, rows) in before)
        {
            kept[rule] = rows;
        }
    }

    /// <summary>Counts a reject; whether it is among the first of its rule in the load.</summary>
    public bool Keeps(Reject reject)
    {
        harmless += reject.Rule == Harmless ? 1 : 0;
        return (kept[reject.Rule] = kept.GetValueOrDefault(reject.Rule) + 1) <= KeptOfARule;
    }

    /// <summary>Refuses a file that has too many: it is another than it was taken for, or broken.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="rejected">Its rejects, those of earlier runs included.</param>
    /// <param name="lines">Its lines, those of earlier runs included.</param>
    /// <param name="before">The rejects and lines of earlier runs.</param>
    /// <param name="isWhole">Whether the file has no more lines.</param>
    /// <exception cref="TooManyRejectsException">It has.</exception>
    public void Check(string file, long rejected, long lines, (long Rejected, long Lines) before, bool isWhole)
    {
        if (Most is { } most && rejected > most)
        {
            throw new TooManyRejectsException(file, rejected, lines, most, null);
        }

        var (bad, read) = (rejected - before.Rejected - harmless, lines - before.Lines);
        if ((isWhole || read >= JudgedFrom) && bad > Few && bad * 100.0 / read > MostPercent)
        {
            throw new TooManyRejectsException(file, bad, read, null, MostPercent);
        }
    }
}
