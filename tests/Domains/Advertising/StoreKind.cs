namespace Tradepost.Advertising.Tests;

/// <summary>Which store a test runs on.</summary>
public enum StoreKind
{
    DuckDb,
    Postgres,
}
