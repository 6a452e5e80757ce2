using Tradepost.Jobs.Upkeep;
using Tradepost.Storage.Connections;

namespace Tradepost.Trading.Candles;

/// <summary>How long candles of a minute stay that were made of recordings. Hours stay, and so does what files brought.</summary>
internal static class CandleRetention
{
    private const string Name = "TRADEPOST_KEEP_MINUTES";
    private const int UsualDays = 400;

    public static Setting Setting { get; } =
        new(Name, "days for which candles of a minute are kept that were made of recorded quotes and trades", "400")
        {
            Check = settings => settings.Days(Name, UsualDays),
        };

    public static AgedTable Of(Settings settings) =>
        new(CandleTable.Name, CandleTable.Key, "open_time", settings.Days(Name, UsualDays))
        {
            Condition = $"timeframe = '{Timeframe.Minute.Name}' AND source = '{CandleKey.Quotes}'",
        };
}
