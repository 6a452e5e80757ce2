namespace Tradepost.Training.Tests;

/// <summary>The stores that every contract test runs on.</summary>
public enum StoreKind
{
    DuckDb,
    Postgres,
}
