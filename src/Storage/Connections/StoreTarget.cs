namespace Tradepost.Storage.Connections;

/// <summary>Which store the settings ask for.</summary>
public abstract record StoreTarget
{
    /// <summary>Where the store is, for messages: no password in it.</summary>
    public abstract string Description { get; }

    /// <summary>The store itself; nothing is connected before it is used.</summary>
    public abstract Store Open(TimeProvider time);

    public sealed override string ToString() => Description;
}
