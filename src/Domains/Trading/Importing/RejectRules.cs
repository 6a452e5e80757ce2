using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Importing;

/// <summary>Which of a file's rejected lines are kept with their text, and how many are too many. All are counted.</summary>
internal sealed class RejectRules(ImportOptions options)
{
    private const int KeptOfAKind = 1_000;
    private const long JudgedFrom = 100_000;
    private const long Few = 1_000;

    private readonly Dictionary<string, long> kept = new(StringComparer.Ordinal);
    private LedgerEntry? begun;
    private long repeated;

    /// <summary>Begins a file, or goes on with one of which an earlier run has kept some lines already.</summary>
    public void Begin(LedgerEntry entry, IEnumerable<(string Reason, long Lines)> before)
    {
        kept.Clear();
        (begun, repeated) = (entry, 0);
        foreach (var (reason, lines) in before)
        {
            kept[reason] = lines;
        }
    }

    /// <summary>Whether a line is among the first of its kind in the file.</summary>
    public bool Keeps(Reject reject)
    {
        repeated += reject.Defect == Defect.RepeatedLine ? 1 : 0;
        var reason = reject.Defect.Name();
        return (kept[reason] = kept.GetValueOrDefault(reason) + 1) <= KeptOfAKind;
    }

    /// <summary>Refuses a file that has too many: it is another than it was taken for, or broken.</summary>
    /// <exception cref="JobFailedException">It has.</exception>
    public void Check(LedgerEntry entry, bool isWhole)
    {
        if (options.MaxRejects is { } most && entry.Rejected > most)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{entry.Name} has more than {most} rejected lines among the first {entry.Lines}; look at them in collector_rejects, or raise {nameof(ImportOptions.MaxRejects):argument}."
                )
            );
        }

        // Lines that only repeat the one before say nothing against the file.
        var (bad, lines) = (entry.Rejected - (begun?.Rejected ?? 0) - repeated, entry.Lines - (begun?.Lines ?? 0));
        if ((isWhole || lines >= JudgedFrom) && bad > Few && bad * 100.0 / lines > options.MaxRejectShare)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{bad} of the first {lines} lines that were read of {entry.Name} are no rows, more than {options.MaxRejectShare} percent; correct the file, or raise {nameof(ImportOptions.MaxRejectShare):argument}. What was committed before is in the store."
                )
            );
        }
    }
}
