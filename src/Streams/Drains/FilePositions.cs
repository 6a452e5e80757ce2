namespace Tradepost.Streams.Drains;

/// <summary>How far the log is in files, and how long each of them is with that.</summary>
public sealed record FilePositions
{
    /// <summary>Everything before it is in the files.</summary>
    public long Position { get; init; }

    /// <summary>Bytes of each file, by its name.</summary>
    public SortedDictionary<string, long> Files { get; init; } = new(StringComparer.Ordinal);
}
