namespace Tradepost.Marketplace.Guarding;

/// <summary>A suspect value as it is kept.</summary>
/// <param name="Date">The day of the value.</param>
/// <param name="Expected">What was expected, in words.</param>
/// <param name="KnownOn">The day from which on it could be known: a later one where the rule has to wait.</param>
/// <param name="Reason">Why somebody released or confirmed it.</param>
public sealed record Suspect(
    string Sku,
    DateOnly Date,
    string Field,
    double Value,
    double? ExpectedLow,
    double? ExpectedHigh,
    string Expected,
    string Rule,
    DateOnly KnownOn,
    DateTime FoundAt,
    SuspectState State,
    string? DecidedBy,
    DateTime? DecidedAt,
    string? Reason
);

/// <summary>What became of a suspect value.</summary>
public enum SuspectState
{
    /// <summary>Nobody has decided; it is left out of estimates.</summary>
    Open,

    /// <summary>It is true after all, and is not found again.</summary>
    Released,

    /// <summary>It is not true, and stays out.</summary>
    Confirmed,
}
