namespace Tradepost.Trading.Replaying;

/// <summary>A file cannot be replayed, or not as it was asked for; the message says which one, where in it, and what was expected.</summary>
public sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>2 where the call is wrong and not the file.</summary>
    public int ExitCode { get; init; } = 1;
}
