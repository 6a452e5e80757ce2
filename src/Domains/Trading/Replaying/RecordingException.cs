namespace Tradepost.Trading.Replaying;

/// <summary>A file cannot be replayed; the message says which one, where in it, and what was expected.</summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
