namespace Tradepost.Storage.Probes;

/// <summary>What a source says of itself.</summary>
/// <param name="Version">Of the server, or of the native library for a file.</param>
/// <param name="TimeZone">The server's; null for a file.</param>
/// <param name="ZoneOffset">How far the server's own time is ahead of UTC now; zero for a file.</param>
/// <param name="Clock">The source's clock, in UTC.</param>
/// <param name="MissingTables">Those of the tables asked for that it does not have.</param>
public sealed record SourceProbe(
    string Version,
    string? TimeZone,
    TimeSpan ZoneOffset,
    DateTime Clock,
    IReadOnlyList<string> MissingTables
);
