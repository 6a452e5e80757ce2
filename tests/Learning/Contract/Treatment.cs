namespace Tradepost.Learning.Tests.Contract;

/// <summary>What an estimator documents for an input that is not ordinary.</summary>
public enum Treatment
{
    /// <summary>An <see cref="ArgumentException"/> that names the argument.</summary>
    Refused,

    /// <summary>It is used, and what comes out is finite.</summary>
    Accepted,
}
