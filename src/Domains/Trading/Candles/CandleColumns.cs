namespace Tradepost.Trading.Candles;

/// <summary>Which column of a file is what, by its name.</summary>
internal sealed class CandleColumns
{
    private const int None = -1;

    /// <summary>Names without anything but letters and digits, those of numbers before those of dates.</summary>
    private static readonly string[] Times =
    [
        "unix",
        "unixtimestamp",
        "timestamp",
        "opentime",
        "opentimestamp",
        "opentimems",
        "ts",
        "t",
        "time",
        "starttime",
        "start",
        "candlebegintime",
        "datetime",
        "date",
    ];

    private static readonly Dictionary<CandleField, string[]> Names = new()
    {
        [CandleField.Symbol] = ["symbol", "pair", "ticker", "market"],
        [CandleField.Open] = ["open", "o", "openprice"],
        [CandleField.High] = ["high", "h", "highprice"],
        [CandleField.Low] = ["low", "l", "lowprice"],
        [CandleField.Close] = ["close", "c", "closeprice"],
        [CandleField.Volume] = ["volume", "vol", "v", "basevolume", "basevol", "volumebase", "baseassetvolume"],
        [CandleField.QuoteVolume] = ["quoteassetvolume", "quotevolume", "volumequote", "turnover", "quoteav"],
        [CandleField.Trades] = ["tradecount", "trades", "numberoftrades", "numtrades", "tradescount", "count"],
        [CandleField.TakerBuyVolume] =
        [
            "takerbuybaseassetvolume",
            "takerbuybasevolume",
            "takerbuyvolume",
            "takerbasevolume",
            "takerbuybase",
            "tbbaseav",
        ],
    };

    private static readonly CandleField[] Needed =
    [
        CandleField.Time,
        CandleField.Open,
        CandleField.High,
        CandleField.Low,
        CandleField.Close,
    ];

    private readonly int[] places = [.. Enum.GetValues<CandleField>().Select(_ => None)];
    private readonly List<int> volumesOfCurrencies = [];
    private readonly string[] plain;

    /// <summary>Columns of a header.</summary>
    public CandleColumns(IReadOnlyList<string> names)
    {
        plain = [.. names.Select(Plain)];
        var times = Times.Select(time => Array.IndexOf(plain, time)).Where(at => at >= 0).ToList();
        this[CandleField.Time] = times.Count > 0 ? times[0] : None;
        this[CandleField.SecondTime] = times.Count > 1 ? times[1] : None;
        foreach (var (field, synonyms) in Names)
        {
            this[field] = synonyms.Select(name => Array.IndexOf(plain, name)).FirstOrDefault(at => at >= 0, None);
        }

        for (var i = 0; i < plain.Length; i++)
        {
            if (plain[i].StartsWith("volume", StringComparison.Ordinal) && !places.Contains(i))
            {
                volumesOfCurrencies.Add(i);
            }
        }
    }

    /// <summary>How many cells a row has.</summary>
    public int Width => plain.Length;

    /// <summary>Whether the columns are those of candles.</summary>
    public bool AreCandles => Needed.All(one => this[one] >= 0);

    /// <summary>Whether any of the columns that candles need is there.</summary>
    public int Known => Needed.Count(one => this[one] >= 0);

    /// <summary>Where a field is; -1 where it is not.</summary>
    public int this[CandleField wanted]
    {
        get => places[(int)wanted];
        private set => places[(int)wanted] = value;
    }

    /// <summary>Tells columns such as <c>Volume BTC</c> and <c>Volume USDT</c> apart: the symbol begins with the base currency.</summary>
    public void Settle(string symbol)
    {
        foreach (var at in volumesOfCurrencies)
        {
            var currency = plain[at]["volume".Length..];
            var isQuote =
                !Plain(symbol).StartsWith(currency, StringComparison.Ordinal)
                && (Plain(symbol).EndsWith(currency, StringComparison.Ordinal) || this[CandleField.Volume] >= 0);
            var field = isQuote ? CandleField.QuoteVolume : CandleField.Volume;
            this[field] = this[field] < 0 ? at : this[field];
        }
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
