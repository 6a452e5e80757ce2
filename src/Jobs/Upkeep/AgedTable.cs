namespace Tradepost.Jobs.Upkeep;

/// <summary>A table from which rows go when they are old.</summary>
/// <param name="Name">The table.</param>
/// <param name="Key">Columns that together are different in every row.</param>
/// <param name="Time">The column with the row's time, in UTC.</param>
/// <param name="Age">How long rows stay.</param>
public sealed record AgedTable(string Name, IReadOnlyList<string> Key, string Time, TimeSpan Age)
{
    /// <summary>Which of its rows go, as a condition in SQL; all by default.</summary>
    public string Condition { get; init; } = "1 = 1";
}
