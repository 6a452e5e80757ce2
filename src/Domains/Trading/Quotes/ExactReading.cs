namespace Tradepost.Trading.Quotes;

/// <summary>What became of a text that should be a decimal.</summary>
internal enum ExactReading
{
    Read,

    /// <summary>Read, and it had a power of ten.</summary>
    Scientific,
    NotANumber,

    /// <summary>A number with more places or digits than the tables hold.</summary>
    DoesNotFit,
}
