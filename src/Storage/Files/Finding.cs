namespace Tradepost.Storage.Files;

/// <summary>What was found in a line.</summary>
/// <param name="Rule">What is to be said of it, in snake case; null where there is nothing.</param>
/// <param name="IsRow">Whether it is a row.</param>
public readonly record struct Finding(string? Rule, bool IsRow)
{
    /// <summary>A row, and nothing to say of it.</summary>
    public static readonly Finding Row = new(null, IsRow: true);
}
