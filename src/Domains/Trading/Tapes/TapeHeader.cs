using System.Text;

namespace Tradepost.Trading.Tapes;

/// <summary>First lines of files, by which their type is told. They are Tardis's, and other archives' that users take for these.</summary>
internal static class TapeHeader
{
    public const string Quotes = "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount";
    public const string Trades = "exchange,symbol,timestamp,local_timestamp,id,side,price,amount";

    public const string Gaps = "exchange,symbol,from_timestamp,to_timestamp,from_update_id,to_update_id,stream,reason";

    private const string Common = "exchange,symbol,timestamp,local_timestamp,";

    public static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    public static string Of(TapeKind kind) =>
        kind switch
        {
            TapeKind.Quotes => Quotes,
            TapeKind.Trades => Trades,
            _ => Gaps,
        };

    /// <summary>The kind of lines behind a header; null with the name of the type when they cannot be imported.</summary>
    public static (TapeKind? Kind, string Type) Recognise(ReadOnlySpan<byte> line)
    {
        var header = Encoding.UTF8.GetString(line.StartsWith(Mark) ? line[Mark.Length..] : line).Trim();
        return header switch
        {
            Quotes => (TapeKind.Quotes, "quotes"),
            Trades => (TapeKind.Trades, "trades"),
            Common + "is_snapshot,side,price,amount" => (null, "incremental_book_L2"),
            _ when header.StartsWith(Common + "asks[0].price,asks[0].amount,bids[0].price,bids[0].amount", StringComparison.Ordinal) => (
                null,
                $"book_snapshot_{(header.Split(',').Length - 4) / 4}"
            ),
            _ when header.StartsWith(Common + "funding_timestamp,funding_rate,", StringComparison.Ordinal) => (null, "derivative_ticker"),
            _ when header.StartsWith(Common + "type,strike_price,", StringComparison.Ordinal) => (null, "options_chain"),
            _ when header.StartsWith("update_id,best_bid_price,best_bid_qty,", StringComparison.Ordinal) => (
                null,
                "bookTicker of Binance's archive"
            ),
            Gaps => (null, "a collector's gaps, which `tradepost trading drain` moves"),
            "" => (null, "an empty file"),
            _ => (null, "of no known type"),
        };
    }
}
