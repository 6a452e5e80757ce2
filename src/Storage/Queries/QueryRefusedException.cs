namespace Tradepost.Storage.Queries;

/// <summary>A text is not one statement that only reads.</summary>
public sealed class QueryRefusedException(string message, Exception? inner = null) : Exception(message, inner);
