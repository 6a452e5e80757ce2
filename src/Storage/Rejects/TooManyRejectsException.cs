using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Rejects;

/// <summary>More rows of a file are rejected than may be; what was committed before stays.</summary>
public sealed class TooManyRejectsException(string file, long rejected, long lines, long? most, double? mostPercent)
    : ForeseenException(
        FailureKind.Failed,
        $"{rejected} of the first {lines} lines that were read of {file} are no rows; at most "
            + $"{(most is null ? $"{mostPercent} percent" : $"{most}")} may be. What was committed before is in the store."
    )
{
    public string File { get; } = file;

    public long Rejected { get; } = rejected;

    public long Lines { get; } = lines;

    /// <summary>How many may be rejected; null where a share was exceeded.</summary>
    public long? Most { get; } = most;
}
