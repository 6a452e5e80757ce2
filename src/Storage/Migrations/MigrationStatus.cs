namespace Tradepost.Storage.Migrations;

/// <summary>How a migration stands in a store; times are UTC.</summary>
public sealed record MigrationStatus(
    string Owner,
    int Number,
    string Name,
    MigrationState State,
    DateTime? AppliedAt = null,
    double? Seconds = null
);
