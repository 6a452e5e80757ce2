using System.Text;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tapes;

/// <summary>The exchange and symbol of a line: the same few again and again, so that they are looked at when they change.</summary>
internal sealed class Market
{
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
        if (!Names.IsExchange(Exchange))
        {
            return Defect.WrongExchange;
        }

        if (!Names.IsSymbol(Symbol))
        {
            return Defect.WrongSymbol;
        }

        if (!ExchangeList.AreUpperCase(Exchange) || !Symbol.AsSpan().ContainsAnyInRange((byte)'a', (byte)'z'))
        {
            return Defect.None;
        }

        Symbol = Encoding.UTF8.GetBytes(Names.Raise(Encoding.UTF8.GetString(Symbol)));
        return Defect.LowerCaseSymbol;
    }
}
