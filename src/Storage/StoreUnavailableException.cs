namespace Tradepost.Storage;

/// <summary>The store cannot be opened or reached.</summary>
public sealed class StoreUnavailableException(string message, Exception inner) : Exception(message, inner);
