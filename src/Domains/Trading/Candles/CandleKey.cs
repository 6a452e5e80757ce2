namespace Tradepost.Trading.Candles;

/// <summary>Whose candles, how long and made of what.</summary>
/// <param name="Source">One of the constants here.</param>
internal sealed record CandleKey(string Exchange, string Symbol, Timeframe Timeframe, string Source)
{
    /// <summary>A file brought them: of traded prices.</summary>
    public const string File = "file";

    /// <summary>They were made of the minutes that a file brought.</summary>
    public const string Minutes = "minutes";

    /// <summary>They were made of recorded quotes and trades.</summary>
    public const string Quotes = "quotes";

    /// <summary>The better ones first: prices of files before quoted ones.</summary>
    public static IReadOnlyList<string> Sources { get; } = [File, Minutes, Quotes];
}
