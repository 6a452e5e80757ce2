namespace Tradepost.Storage.Tests.Queries;

/// <summary>Tests that fill the memory, or the places for queries: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class QueriesAlone
{
    public const string Name = "queries alone";
}
