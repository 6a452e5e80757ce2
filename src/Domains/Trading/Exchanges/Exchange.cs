using System.Text;
using Tradepost.Trading.Quotes;
using Tradepost.Trading.Sockets;

namespace Tradepost.Trading.Exchanges;

/// <summary>
/// An exchange's protocol: where to connect, how to subscribe, what its frames say, and what a server of recorded frames says in its place.
/// One class per exchange and one line of <see cref="ExchangeList"/>; it holds no connection. Not thread-safe: <see cref="At"/> gives
/// another one.
/// </summary>
internal abstract class Exchange
{
    /// <summary>As in Tardis's files.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Whether its numbers of updates are the same whenever it is heard, so that what was recorded before is known by them.
    /// </summary>
    public virtual bool HasUpdateIds => true;

    /// <summary>Whether each change of the book names the last update of the one before, as on futures.</summary>
    public abstract bool IsChained { get; }

    /// <summary>The most streams that one connection should carry.</summary>
    public virtual int StreamsPerConnection => 200;

    /// <summary>How long the exchange keeps a connection.</summary>
    public virtual TimeSpan ConnectionLifetime => TimeSpan.FromHours(24);

    /// <summary>
    /// The streams of a symbol, each with the route that serves it: connections to different routes are different connections.
    /// </summary>
    public abstract IEnumerable<(string Route, string Stream, Subscription Kind)> StreamsOf(string symbol, Subscription subscription);

    /// <summary>The same exchange at other addresses, where these are given.</summary>
    public abstract Exchange At(Uri? stream = null, Uri? rest = null);

    /// <summary>Whether an exchange of this name has symbols in upper case only. Elsewhere BTC and btc may be two.</summary>
    public virtual bool HasUpperCaseSymbols(ReadOnlySpan<byte> exchange) => false;

    /// <summary>A symbol as it is stored; null where it is no name.</summary>
    /// <param name="exchange">Whose rows it is on.</param>
    /// <param name="symbol">As it came.</param>
    public string? Spell(string exchange, string symbol) =>
        !Names.IsSymbol(symbol) ? null
        : HasUpperCaseSymbols(Encoding.UTF8.GetBytes(exchange)) ? Names.Raise(symbol)
        : symbol;

    /// <summary>The symbol that a stream is of, where its frames do not say it.</summary>
    public virtual string SymbolOf(string stream) => stream;

    /// <summary>The exchange whose rows a stream brings.</summary>
    public virtual string NameOf(string stream) => Name;

    /// <summary>The stream on which recorded quotes of a symbol are offered.</summary>
    /// <param name="exchange">Where they were recorded.</param>
    /// <param name="symbol">Whose they are.</param>
    public virtual string StreamOfRecorded(string exchange, string symbol) => StreamsOf(symbol, Subscription.Quotes).Single().Stream;

    /// <summary>Where the streams of a route are had.</summary>
    public abstract Uri StreamAddress(string route);

    /// <summary>Where a snapshot of a symbol's book is asked for.</summary>
    public abstract Uri SnapshotAddress(string symbol);

    /// <summary>The frame that subscribes to streams.</summary>
    public abstract byte[] Subscribe(IReadOnlyCollection<string> streams, int id);

    /// <summary>Reads a frame.</summary>
    /// <exception cref="FormatException">It is not what this exchange sends; the message says where.</exception>
    public abstract void Read(ReadOnlySpan<byte> frame, MarketMessage message);

    /// <summary>Reads the answer to a request for a snapshot.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public abstract BookSnapshot ReadSnapshot(ReadOnlySpan<byte> answer);

    /// <summary>
    /// Whether no quote or trade is missing between the last one of its stream and this one, as far as the exchange's numbers tell.
    /// </summary>
    /// <param name="last">The number of the last one; 0 for none.</param>
    public virtual bool Follows(MarketMessage message, long last) => true;

    /// <summary>As a server: reads a frame of a client; null where it subscribes to nothing.</summary>
    public abstract ServedSubscription? ReadSubscription(ReadOnlyMemory<byte> request);

    /// <summary>As a server: the symbol whose snapshot a request is for; empty where it names none.</summary>
    public virtual string SymbolAsked(string path) =>
        Uri.UnescapeDataString(
            path.Split('?', '&').Select(part => part.Split('=')).FirstOrDefault(part => part is ["symbol", _])?[1] ?? ""
        );

    /// <summary>As a server: the answer that <see cref="ReadSnapshot"/> reads.</summary>
    public virtual byte[] WriteSnapshot(BookSnapshot book) => throw NotReplayed();

    /// <summary>As a server: the answer to who asks for too much, or for a symbol that there is not.</summary>
    public virtual byte[] RefuseSnapshot(bool isTooMany) => throw NotReplayed();

    /// <summary>As a server: the frame of a quote of a stream, to the microsecond, with a number of its own.</summary>
    public virtual byte[] WriteQuote(string stream, long number, in Quote quote) => throw NotReplayed();

    /// <summary>As a server: a recorded frame under the name of a stream that it is offered on.</summary>
    public virtual byte[] Renamed(byte[] frame, string stream) => frame;

    private NotSupportedException NotReplayed() => new($"Recordings of {Name} are not played.");
}
