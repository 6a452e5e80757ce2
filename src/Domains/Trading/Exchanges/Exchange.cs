namespace Tradepost.Trading.Exchanges;

/// <summary>An exchange's protocol: where to connect, how to subscribe, what its frames say. One class per exchange; it holds no connection.</summary>
internal abstract class Exchange
{
    /// <summary>As in Tardis's files.</summary>
    public abstract string Name { get; }

    /// <summary>Whether its numbers of updates are the same whenever it is heard, so that what was recorded before is known by them.</summary>
    public virtual bool HasUpdateIds => true;

    /// <summary>Whether each change of the book names the last update of the one before, as on futures.</summary>
    public abstract bool IsChained { get; }

    /// <summary>The most streams that one connection should carry.</summary>
    public virtual int StreamsPerConnection => 200;

    /// <summary>How long the exchange keeps a connection.</summary>
    public virtual TimeSpan ConnectionLifetime => TimeSpan.FromHours(24);

    /// <summary>The streams of a symbol, each with the route that serves it: connections to different routes are different connections.</summary>
    public abstract IEnumerable<(string Route, string Stream, Subscription Kind)> StreamsOf(string symbol, Subscription subscription);

    /// <summary>The exchange whose rows a stream brings.</summary>
    public virtual string NameOf(string stream) => Name;

    /// <summary>The stream on which recorded quotes of a symbol are offered.</summary>
    /// <param name="exchange">Where they were recorded.</param>
    /// <param name="symbol">Whose they are.</param>
    public virtual string StreamOfRecorded(string exchange, string symbol) => StreamsOf(symbol, Subscription.Quotes).Single().Stream;

    /// <summary>Where the streams of a route are had.</summary>
    public abstract Uri StreamAddress(string route);

    /// <summary>Where a snapshot of a symbol's book is had.</summary>
    public abstract Uri SnapshotAddress(string symbol);

    /// <summary>The frame that subscribes to streams.</summary>
    public abstract byte[] Subscribe(IReadOnlyCollection<string> streams, int id);

    /// <summary>Reads a frame.</summary>
    /// <exception cref="FormatException">It is not what this exchange sends; the message says where.</exception>
    public abstract void Read(ReadOnlySpan<byte> frame, MarketMessage message);

    /// <summary>Reads the answer to a request for a snapshot.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public abstract BookSnapshot ReadSnapshot(ReadOnlySpan<byte> answer);
}
