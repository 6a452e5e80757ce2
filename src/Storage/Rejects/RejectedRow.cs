using System.Text.Json.Nodes;

namespace Tradepost.Storage.Rejects;

/// <summary>A source's row that broke a rule and was kept aside.</summary>
/// <param name="RunId">The run or load that found it.</param>
/// <param name="Table">The table that it is of, or was to get into.</param>
/// <param name="Key">What it is known by: its key, or its file and line.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Problem">What is wrong with it, in words.</param>
/// <param name="Row">What it held, and after it was mended, holds.</param>
/// <param name="RejectedAt">When it was found, in UTC.</param>
/// <param name="ReplayedAt">When it came in after all.</param>
public sealed record RejectedRow(
    string RunId,
    string Table,
    string Key,
    string Rule,
    string Problem,
    JsonNode? Row,
    DateTime RejectedAt,
    DateTime? ReplayedAt
);
