using System.Text.Json.Nodes;

namespace Tradepost.Retail.Rejects;

/// <summary>A source's row that broke a rule and was kept aside.</summary>
/// <param name="Row">What it held, and after it was mended, holds.</param>
/// <param name="ReplayedAt">When it came into the warehouse after all.</param>
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
