namespace Tradepost.Retail.Etl;

/// <summary>A load that was published: what it read, and what it found when it compared.</summary>
/// <param name="RunId">The run that published it.</param>
/// <param name="Result">As <c>retail etl --json</c> prints it.</param>
public sealed record PublishedLoad(
    string RunId,
    string Mode,
    DateTime? From,
    DateTime? To,
    DateTime StartedAt,
    DateTime? FinishedAt,
    string Status,
    EtlResult? Result
);
