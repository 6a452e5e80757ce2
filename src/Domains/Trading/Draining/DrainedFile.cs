namespace Tradepost.Trading.Draining;

/// <summary>A file that was moved, compared and deleted.</summary>
/// <param name="Type">quotes, trades or gaps.</param>
/// <param name="Rows">Rows of it.</param>
/// <param name="New">Rows that were not in the store yet.</param>
/// <param name="Hours">Hours that were compared, by count, first and last time and hash.</param>
public sealed record DrainedFile(string File, string Type, long Rows, long New, int Hours)
{
    /// <summary>Whether its rows say what is missing, and are no quotes or trades.</summary>
    internal bool HoldsGaps => Type == TypeOfGaps;

    internal const string TypeOfGaps = "gaps";
}
