using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Loading;

/// <summary>What came of a load.</summary>
/// <param name="Files">Of each file.</param>
/// <param name="Changed">Rows of the domain's tables that were inserted or changed; 0 where everything was known.</param>
/// <param name="Restated">Days of campaigns whose numbers were known and are others now.</param>
/// <param name="KeptAside">Why lines were kept aside in <c>rejects</c>.</param>
public sealed record LoadExportsResult(
    IReadOnlyList<LoadedExport> Files,
    long Changed,
    long Restated,
    IReadOnlyList<FindingCount> KeptAside
);

/// <summary>What came of one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Kind">What its rows are of: campaigns, ad_sets or ads.</param>
/// <param name="Rows">Its rows, header and totals apart, that were read in this run: those kept aside included.</param>
/// <param name="Campaigns">Campaigns that they are of.</param>
/// <param name="Days">Days that they are of.</param>
/// <param name="Totals">Rows of totals, which were left out.</param>
/// <param name="Impressions">What its rows add up to.</param>
/// <param name="Clicks">As before.</param>
/// <param name="Spend">As before, in major units.</param>
/// <param name="Conversions">As before.</param>
/// <param name="ApprovedConversions">As before; null where no row says it.</param>
/// <param name="KeptAside">Rows that were kept aside in <c>rejects</c>.</param>
/// <param name="State">imported, continued (its beginning was there) or unchanged (all of it was).</param>
/// <param name="ReadAs">How it was understood, in words.</param>
/// <param name="Ignored">Columns that were passed over.</param>
public sealed record LoadedExport(
    string File,
    string Kind,
    long Rows,
    long Campaigns,
    long Days,
    long Totals,
    long Impressions,
    long Clicks,
    decimal Spend,
    decimal Conversions,
    decimal? ApprovedConversions,
    long KeptAside,
    string State,
    string ReadAs,
    IReadOnlyList<string> Ignored
);

/// <summary>What exports would become.</summary>
/// <param name="Columns">Each of their columns.</param>
public sealed record ShownExports(IReadOnlyList<ShownExportColumn> Columns);

/// <summary>What a column is.</summary>
/// <param name="File">The file that has it.</param>
/// <param name="Column">Its name there.</param>
/// <param name="Field">What it is; null where it is passed over.</param>
/// <param name="Samples">Three of its values, the first that differ.</param>
public sealed record ShownExportColumn(string File, string Column, string? Field, IReadOnlyList<string> Samples);
