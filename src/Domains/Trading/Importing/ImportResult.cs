namespace Tradepost.Trading.Importing;

/// <summary>What came of an import.</summary>
public sealed record ImportResult
{
    /// <summary>Rows that were new.</summary>
    public required long Rows { get; init; }

    /// <summary>Lines that were kept aside in collector_rejects.</summary>
    public required long Rejected { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<ImportedFile> Files { get; init; }

    public required IReadOnlyList<DefectCount> Defects { get; init; }
}
