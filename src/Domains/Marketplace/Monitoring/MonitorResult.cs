namespace Tradepost.Marketplace.Monitoring;

/// <summary>What came of a collection.</summary>
/// <param name="Date">The day.</param>
/// <param name="Sources">Of each source; none where a page was only tried.</param>
public sealed record MonitorResult(DateOnly Date, IReadOnlyList<MonitoredSource> Sources)
{
    /// <summary>What a page gave that was only tried.</summary>
    public IReadOnlyList<TriedPage> Tried { get; init; } = [];
}

/// <summary>What the page of a product gives.</summary>
/// <param name="Source">The source.</param>
/// <param name="Problem">Why it gives nothing; null where it does.</param>
/// <param name="Values">By field; those that the page lacks are not among them.</param>
/// <param name="Missing">Fields that the page lacks.</param>
/// <param name="Offers">Its offers, each by field.</param>
public sealed record TriedPage(
    string Source,
    string? Problem,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyList<string> Missing,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Offers
);

/// <summary>What came of a source's day.</summary>
/// <param name="Source">Its name.</param>
/// <param name="State">What its day is now.</param>
/// <param name="Requests">Requests that this run had answered.</param>
/// <param name="Products">Products that were seen on the day, by this run and those before it.</param>
/// <param name="Failed">Requests without a usable answer; the next run asks again.</param>
/// <param name="Csv">The file; null where none is kept.</param>
/// <param name="Comparison">File and store beside each other; null where only one of them has the day.</param>
public sealed record MonitoredSource(
    string Source,
    CollectionState State,
    int Requests,
    long Products,
    IReadOnlyList<FailedRequest> Failed,
    string? Csv,
    CollectionComparison? Comparison
);

/// <summary>What the day of a source is.</summary>
public enum CollectionState
{
    /// <summary>Everything that is watched was seen.</summary>
    Complete,

    /// <summary>Some requests failed; the next run asks for those.</summary>
    Incomplete,

    /// <summary>It was complete before this run, which asked for nothing.</summary>
    CompleteBefore,
}

/// <summary>A request without a usable answer.</summary>
/// <param name="Request">What was asked for, as <c>product/SKU</c>.</param>
/// <param name="Problem">Why it has none.</param>
public sealed record FailedRequest(string Request, string Problem);

/// <summary>A day in the file and in the store.</summary>
/// <param name="InCsv">Products in the file.</param>
/// <param name="InStore">Those of them that the store has on that day.</param>
/// <param name="Differing">Those that the two do not say the same of.</param>
public sealed record CollectionComparison(long InCsv, long InStore, long Differing);
