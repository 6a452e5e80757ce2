namespace Tradepost.Storage.Files;

/// <summary>
/// Finds the notation of a column of times among rows of which some may be broken: the one that the first clear cell is in. Where cells
/// speak for both orders of day and month, or none for one, the file is refused.
/// </summary>
/// <param name="file">The file, as messages call it.</param>
/// <param name="column">The column, as messages call it.</param>
/// <param name="form">What the user says.</param>
public sealed class NotationSearch(string file, string column, TableForm form)
{
    private List<TimeNotation> live = form.Dates is { } said ? [said] : [.. TimeNotation.All];
    private (string Text, long Line)? last;
    private bool isFirst = true;
    private bool wasAmbiguous;
    private bool isSymmetric = true;

    public bool HasOffsets { get; private set; }

    /// <summary>Whether no further cell can change anything.</summary>
    public bool IsSettled => !isFirst && live.Count == 1 && !wasAmbiguous;

    /// <summary>Takes a cell in, unless it is no time at all.</summary>
    public void Add(ReadOnlySpan<byte> cell, long line)
    {
        var fit = new List<TimeNotation>();
        var time = default(TimeCell);
        foreach (var notation in wasAmbiguous ? TimeNotation.All : live)
        {
            if (notation.TryRead(cell, out var found))
            {
                fit.Add(notation);
                time = found;
            }
        }

        if (fit.Count == 0)
        {
            return;
        }

        if (isFirst)
        {
            (isFirst, HasOffsets) = (false, time.Offset is not null);
        }

        var both = live.Intersect(fit).ToList();
        if (both.Count == 0)
        {
            if (wasAmbiguous && fit.Count == 1 && live[0].IsOtherOrderOf(fit[0]))
            {
                throw new FileFormException(
                    $"{file}: {column} is {live[0].Name} in line {last?.Line} ('{last?.Text}') and {fit[0].Name} in line {line} "
                        + $"('{Shown.Cell(cell)}'); write all of it in one, or say which it is with "
                        + $"{form.Setting("date-format", live[0].Name)}."
                );
            }

            return; // a broken row
        }

        if (both.Count < live.Count)
        {
            last = (Shown.Cell(cell), line);
        }

        live = both;
        wasAmbiguous |= live.Count > 1;
        isSymmetric &= time.IsSymmetric;
    }

    /// <summary>The notation.</summary>
    public TimeNotation Find() =>
        isFirst ? live[0]
        : live.Count == 1 || isSymmetric ? live[0]
        : throw new FileFormException(
            $"{file}: {column} is {live[0].Name} or {live[1].Name} in every row; say which with "
                + $"{form.Setting("date-format", live[0].Name)} or {form.Setting("date-format", live[1].Name)}."
        );
}
