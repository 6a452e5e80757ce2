namespace Tradepost.Storage.Migrations;

public enum MigrationState
{
    /// <summary>Not applied yet.</summary>
    Pending,

    Applied,

    /// <summary>Applied, and its file is another now.</summary>
    Changed,

    /// <summary>Applied, and its file is gone.</summary>
    Missing,

    /// <summary>Not applied, though a later one is.</summary>
    OutOfOrder,

    /// <summary>Started outside a transaction and not finished.</summary>
    HalfApplied,
}
