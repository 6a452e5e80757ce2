using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.Trading.Candles;

/// <summary>Where candles come from.</summary>
public sealed record CandlesOptions
{
    [Description(
        "CSV files with columns such as unix or date, open, high, low, close and volume: .csv, .csv.gz, .zip of these, or folders. Without files, "
            + "candles are made of the store's quotes and trades."
    )]
    [Positional("FILE…")]
    [FilePath]
    public string[] Files { get; init; } = [];

    [Description("The exchange of the files' candles; by default binance-futures.")]
    public string? Exchange { get; init; }

    [Description("The symbol of the files' candles; by default what a column or the file's name says.")]
    public string? Symbol { get; init; }

    [Description("What the files' times are of a candle.")]
    public CandleStamp Stamp { get; init; }

    [Description("How days are written, such as day/month/year or dd.MM.yy; by default it is found.")]
    [Placeholder("FORM")]
    public string? DateFormat { get; init; }
}

/// <summary>What the time of a candle is.</summary>
public enum CandleStamp
{
    /// <summary>Its beginning, as exchanges have it.</summary>
    Open,

    /// <summary>Its end.</summary>
    Close,
}
