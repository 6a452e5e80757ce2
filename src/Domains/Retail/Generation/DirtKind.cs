namespace Tradepost.Retail.Generation;

/// <summary>The ways in which the generator makes rows bad.</summary>
internal enum DirtKind
{
    /// <summary>A customer without e-mail.</summary>
    MissingEmail,

    /// <summary>A customer whose name was UTF-8 and was read as Latin-1.</summary>
    WrongEncoding,

    /// <summary>An order placed a year after the end of the data.</summary>
    FutureDate,

    /// <summary>A line that takes pieces away.</summary>
    NegativeQuantity,

    /// <summary>A line of product 0, which does not exist.</summary>
    UnknownProduct,

    /// <summary>A payment that is there twice, with two ids.</summary>
    DuplicatePayment,
}
