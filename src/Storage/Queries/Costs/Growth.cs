namespace Tradepost.Storage.Queries.Costs;

/// <summary>How long a value a function makes of its arguments; the lists of functions say what each means.</summary>
internal enum Growth
{
    Fixed,
    Short,
    Longest,
    Picks,
    Together,
    Times2,
    Times8,
    Times20,
    Product,
    Pairs,
    Format,
    Unbounded,
}
