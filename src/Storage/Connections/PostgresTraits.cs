using Npgsql;

namespace Tradepost.Storage.Connections;

/// <summary>What an address of PostgreSQL says that the driver's connection string has no place for.</summary>
internal sealed record PostgresTraits
{
    /// <summary>Whether it is a pooler in transaction mode; null: as its name says.</summary>
    public bool? IsPooler { get; init; }

    /// <summary>Which of several servers is wanted; null: one that takes writes.</summary>
    public TargetSessionAttributes? Session { get; init; }
}
