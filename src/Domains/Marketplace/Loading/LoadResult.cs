using Tradepost.Storage.Files;

namespace Tradepost.Marketplace.Loading;

/// <summary>What came of a load.</summary>
/// <param name="Files">Of each file.</param>
/// <param name="Changed">Rows of the domain's tables that were inserted, changed or removed; 0 where everything was there.</param>
/// <param name="KeptAside">Why lines were kept aside in <c>rejects</c>.</param>
public sealed record LoadResult(IReadOnlyList<LoadedListing> Files, long Changed, IReadOnlyList<FindingCount> KeptAside);

/// <summary>What came of one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="Rows">Its rows, header apart, that were read in this run: those kept aside included.</param>
/// <param name="Products">Products that they are of.</param>
/// <param name="Offers">Offers that they are: a product, a merchant and a moment.</param>
/// <param name="Days">Days of products that they are of.</param>
/// <param name="KeptAside">Rows that were kept aside in <c>rejects</c>.</param>
/// <param name="State">imported, continued (its beginning was there) or unchanged (all of it was).</param>
/// <param name="ReadAs">How it was understood, in words.</param>
/// <param name="Ignored">Columns that were passed over.</param>
public sealed record LoadedListing(
    string File,
    ListingKind Kind,
    long Rows,
    long Products,
    long Offers,
    long Days,
    long KeptAside,
    string State,
    string ReadAs,
    IReadOnlyList<string> Ignored
);

/// <summary>What files would become.</summary>
/// <param name="Columns">Each of their columns.</param>
public sealed record DryRunResult(IReadOnlyList<ShownColumn> Columns);

/// <summary>What a column is.</summary>
/// <param name="File">The file that has it.</param>
/// <param name="Kind">What that file's rows are.</param>
/// <param name="Column">Its name there; without a header, its number.</param>
/// <param name="Field">What it is; null where it is passed over.</param>
/// <param name="Samples">Three of its values, the first that differ.</param>
public sealed record ShownColumn(string File, ListingKind Kind, string Column, string? Field, IReadOnlyList<string> Samples);
