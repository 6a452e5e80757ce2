namespace Tradepost.Storage.Connections;

/// <summary>Which store the settings ask for.</summary>
public abstract record StoreTarget
{
    /// <summary>Where the store is, for messages: no password in it.</summary>
    public abstract string Description { get; }

    /// <summary>The store itself; nothing is connected before it is used.</summary>
    public abstract Store Open(TimeProvider time);

    /// <summary>An empty store of the same kind beside it, for work that is thrown away.</summary>
    /// <param name="folder">Where its file is, if it has one.</param>
    /// <param name="name">What tells it from others of the same store.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public abstract Task<StoreTarget> CreateBesideAsync(string folder, string name, CancellationToken cancellationToken);

    /// <summary>Removes the store and all it holds.</summary>
    public abstract Task DropAsync(CancellationToken cancellationToken);

    public sealed override string ToString() => Description;
}
