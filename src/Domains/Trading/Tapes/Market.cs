using System.Text;

namespace Tradepost.Trading.Tapes;

/// <summary>The exchange and symbol of a line: the same few again and again, so that they are looked at when they change.</summary>
internal sealed class Market
{
    private const int LongestExchange = 50;
    private const int LongestSymbol = 20;

    private byte[] exchangeCell = [];
    private byte[] symbolCell = [];
    private Defect defect = Defect.WrongExchange;

    /// <summary>As they are stored.</summary>
    public byte[] Exchange { get; private set; } = [];

    public byte[] Symbol { get; private set; } = [];

    public Defect Read(ReadOnlySpan<byte> exchange, ReadOnlySpan<byte> symbol)
    {
        if (!exchange.SequenceEqual(exchangeCell) || !symbol.SequenceEqual(symbolCell))
        {
            (exchangeCell, symbolCell) = (exchange.ToArray(), symbol.ToArray());
            defect = Look();
        }

        return defect;
    }

    private Defect Look()
    {
        (Exchange, Symbol) = (exchangeCell, symbolCell);
        if (!IsName(Exchange, LongestExchange) || Exchange.Any(letter => letter is >= (byte)'A' and <= (byte)'Z'))
        {
            return Defect.WrongExchange;
        }

        if (!IsName(Symbol, LongestSymbol))
        {
            return Defect.WrongSymbol;
        }

        // Binance's symbols are upper case; elsewhere BTC and btc may be two.
        if (!Exchange.AsSpan().StartsWith("binance"u8) || !Symbol.Any(letter => letter is >= (byte)'a' and <= (byte)'z'))
        {
            return Defect.None;
        }

        Symbol = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Symbol).ToUpperInvariant());
        return Defect.LowerCaseSymbol;
    }

    private static bool IsName(byte[] text, int longest) =>
        text.Length > 0
        && text.Length <= longest
        && text.All(letter =>
            char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'/' or (byte)':'
        );
}
