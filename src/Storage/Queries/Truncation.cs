namespace Tradepost.Storage.Queries;

/// <summary>Why a result has fewer rows than the query.</summary>
public enum Truncation
{
    None,

    /// <summary><see cref="QueryLimits.Rows"/> are reached.</summary>
    Rows,

    /// <summary><see cref="QueryLimits.Bytes"/> are reached; the row that did not fit is left out.</summary>
    Bytes,
}
