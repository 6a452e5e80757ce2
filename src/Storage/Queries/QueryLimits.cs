namespace Tradepost.Storage.Queries;

/// <summary>How much a query may give and take. What is over a limit of rows or size is cut off; what is over time is stopped.</summary>
public sealed record QueryLimits
{
    public static QueryLimits Default { get; } = new();

    public int Rows { get; init; } = 1000;

    /// <summary>Bytes of all values together, roughly as long as they are as text.</summary>
    public long Bytes { get; init; } = 16 * 1024 * 1024;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);
}
