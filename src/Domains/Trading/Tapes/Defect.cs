namespace Tradepost.Trading.Tapes;

/// <summary>What can be wrong with a line. Lines with one of the last few are rows all the same; the others are kept aside.</summary>
internal enum Defect
{
    None,
    WrongColumnCount,
    NotANumber,

    /// <summary>A number with more places or digits than the tables hold.</summary>
    DoesNotFit,

    /// <summary>Not microseconds between 2009 and 2100: most often milliseconds or nanoseconds.</summary>
    TimestampOutOfRange,
    PriceNotPositive,
    NegativeAmount,

    /// <summary>The bid is above the ask.</summary>
    Crossed,

    /// <summary>A price without its amount, or an amount without its price.</summary>
    HalfASide,
    NeitherSide,
    WrongExchange,
    WrongSymbol,
    WrongSide,
    BlankLine,

    /// <summary>The header again, as where files were put end to end.</summary>
    RepeatedHeader,

    /// <summary>The very line before it again.</summary>
    RepeatedLine,

    /// <summary>The file ends in the middle of the line.</summary>
    CutOff,

    /// <summary>An empty pair, as the archives write a side without orders: the row has nothing there.</summary>
    OneSided,

    /// <summary>Such as 2.5e-02: the same number.</summary>
    ScientificNumber,

    /// <summary>An exchange that has upper case only: the symbol was raised to it.</summary>
    LowerCaseSymbol,

    /// <summary>It arrived before the line above it.</summary>
    OutOfOrder,
}
