namespace Tradepost.Advertising.Privacy;

/// <summary>What was erased of a person.</summary>
/// <param name="User">Whose.</param>
/// <param name="ErasedAt">When, UTC.</param>
/// <param name="Places">Every place that was looked at, and how many rows went.</param>
/// <param name="ModelsToRetrain">Versions of models that were trained on what went.</param>
/// <param name="OutOfReach">Where the person may still be, and what to do there.</param>
public sealed record ErasureReceipt(
    string User,
    DateTime ErasedAt,
    IReadOnlyList<ErasurePlace> Places,
    IReadOnlyList<string> ModelsToRetrain,
    IReadOnlyList<string> OutOfReach
);

/// <summary>A place that was looked at.</summary>
/// <param name="Place">A table, or segments of a topic.</param>
/// <param name="Rows">Rows, or segments, that went.</param>
public sealed record ErasurePlace(string Place, long Rows);
