namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>How the texts of a field become ids.</summary>
public enum FieldKind
{
    /// <summary>Each frequent value has an id of its own, rare ones share one, and so do those never seen in training.</summary>
    Categorical,

    /// <summary>Several values in one text; their embeddings are averaged.</summary>
    MultiValued,

    /// <summary>
    /// Numbers, cut at quantiles of the training rows into buckets that are treated as values; an empty text is a bucket of its own.
    /// </summary>
    Bucketised,

    /// <summary>Numbers, standardised, that multiply one embedding; an empty text has another.</summary>
    Scaled,
}
