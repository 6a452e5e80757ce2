namespace Tradepost.Advertising.Loading;

/// <summary>Something that a column can be, and what files call it.</summary>
/// <param name="Name">What <c>--map</c> calls it; of a segment, what it divides by.</param>
/// <param name="Role">What becomes of its cells.</param>
/// <param name="Synonyms">Plain names of columns, the best ones first.</param>
internal sealed record ExportField(string Name, ExportRole Role, params string[] Synonyms)
{
    /// <summary>Whether it is a sum that the rows of a report add up to.</summary>
    public bool IsMetric => Role >= ExportRole.Impressions;

    /// <summary>Whether its cells may have digits behind a decimal sign.</summary>
    public bool IsAmount => Role is ExportRole.Spend or ExportRole.Conversions or ExportRole.ApprovedConversions or ExportRole.Value;

    /// <summary>Whether its cells are days.</summary>
    public bool IsDay => Role is ExportRole.Day or ExportRole.FirstDay or ExportRole.LastDay;
}
