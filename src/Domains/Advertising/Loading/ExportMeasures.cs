namespace Tradepost.Advertising.Loading;

/// <summary>The numbers of a row; null where the file has no such column.</summary>
internal readonly record struct ExportMeasures(
    long? Impressions,
    long? Clicks,
    decimal? Spend,
    decimal? Conversions,
    decimal? Approved,
    decimal? Value,
    long? Reach
);
