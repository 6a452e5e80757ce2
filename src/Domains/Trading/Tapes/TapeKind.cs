namespace Tradepost.Trading.Tapes;

/// <summary>What the lines of a file are.</summary>
internal enum TapeKind
{
    /// <summary>Best bid and ask: Tardis's <c>quotes</c> and <c>book_ticker</c>.</summary>
    Quotes,

    /// <summary>Tardis's <c>trades</c>.</summary>
    Trades,

    /// <summary>What a collector could not hear: in its own files, until they are drained.</summary>
    Gaps,
}
