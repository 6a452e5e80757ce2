namespace Tradepost.Trading.Collecting;

/// <summary>The exchange asked to wait.</summary>
internal sealed class RetryLaterException(string message, TimeSpan pause) : Exception(message)
{
    public TimeSpan Pause => pause;
}
