namespace Tradepost.Storage.Files;

/// <summary>Finds the one notation in which every cell of a column is a time.</summary>
/// <param name="given">What a user says it is; null when it is to be found.</param>
public sealed class TimeSurvey(TimeNotation? given)
{
    private List<TimeNotation> live = given is null ? [.. TimeNotation.All] : [given];
    private List<TimeNotation> before = [];
    private bool hasClock;
    private bool hasHalf;
    private bool isSymmetric = true;
    private bool isFirst = true;

    /// <summary>What the cells so far are; several when day and month cannot be told apart.</summary>
    public IReadOnlyList<TimeNotation> Found => live;

    /// <summary>Whether the cells so far are the same times in each of them.</summary>
    public bool IsClear => live.Count == 1 || isSymmetric;

    public bool HasOffsets { get; private set; }

    /// <summary>What should have stood in a cell that was not taken in.</summary>
    public string Expected =>
        isFirst && given is not null ? $"a time as {given.Name}"
        : isFirst ? "a time such as 2024-01-31 or 2024-01-31 12:00:00"
        : live.Count > 0
            ? $"a time {(HasOffsets ? "with" : "without")} an offset{(hasHalf ? ", with AM or PM" : "")}, as in the rows before"
        : $"a time as {string.Join(" or ", before.Select(one => one.Name))}, as in the rows before";

    /// <summary>Takes a cell in; false when no notation is left, or its clock is of another kind than those before.</summary>
    /// <param name="time">The cell in one of the notations that are left: in the last row of a column that is clear, in that one.</param>
    public bool Add(ReadOnlySpan<byte> cell, out TimeCell time)
    {
        var fits = live.Count == 1 ? live[0].TryRead(cell, out time) : Narrow(cell, out time);
        if (!fits)
        {
            (before, live) = live.Count == 1 ? (live, []) : (before, live);
            return false;
        }

        if (!IsOfOneKind(time))
        {
            return false;
        }

        isSymmetric &= time.IsSymmetric;
        isFirst = false;
        return true;
    }

    /// <summary>How to say it where nothing that is known fits.</summary>
    public string Hint(TableForm form) =>
        isFirst && given is null ? $" ({form.Setting("date-format", "dd.MM.yy")} and the like read others)" : "";

    /// <summary>Settles what is open by what was said of another file; false when that is none of those found.</summary>
    public bool Prefer(TimeNotation? likely)
    {
        var isFound = likely is not null && live.Contains(likely);
        live = isFound ? [likely!] : live;
        return isFound;
    }

    /// <summary>Where day and month cannot be told apart.</summary>
    public FileFormException Ambiguous(string path, string column, TableForm form) =>
        new(
            $"{path}: {column} is {live[0].Name} or {live[1].Name} in every row; say which with "
                + $"{form.Setting("date-format", live[0].Name)} or {form.Setting("date-format", live[1].Name)}."
        );

    private bool Narrow(ReadOnlySpan<byte> cell, out TimeCell time)
    {
        time = default;
        var fit = new List<TimeNotation>();
        foreach (var notation in live)
        {
            if (notation.TryRead(cell, out var found))
            {
                fit.Add(notation);
                time = found;
            }
        }

        (before, live) = (live, fit);
        return fit.Count > 0;
    }

    private bool IsOfOneKind(TimeCell time)
    {
        var hasOffset = time.Offset is not null;
        var isOther =
            !isFirst
            && (
                (time.HasClock && hasClock && (time.HasHalf != hasHalf || hasOffset != HasOffsets))
                || (!time.HasClock && HasOffsets)
                || (hasOffset && !hasClock)
            );
        if (!isOther && time.HasClock)
        {
            (hasClock, HasOffsets, hasHalf) = (true, hasOffset, time.HasHalf);
        }

        return !isOther;
    }
}
