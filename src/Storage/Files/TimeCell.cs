namespace Tradepost.Storage.Files;

/// <summary>A time as a cell has it.</summary>
/// <param name="Local">On the clock of its place.</param>
/// <param name="Offset">From UTC; null where the cell names none.</param>
/// <param name="HasClock">Whether there is a time of the day.</param>
/// <param name="HasHalf">Whether that is of twelve hours.</param>
/// <param name="IsSymmetric">Whether day and month are the same number.</param>
public readonly record struct TimeCell(DateTime Local, TimeSpan? Offset, bool HasClock, bool HasHalf, bool IsSymmetric)
{
    /// <summary>The instant, with a time of no place taken for UTC.</summary>
    public DateTime Instant => Local - (Offset ?? TimeSpan.Zero);
}
