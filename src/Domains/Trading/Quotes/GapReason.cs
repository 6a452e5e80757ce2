namespace Tradepost.Trading.Quotes;

/// <summary>Why quotes may be missing.</summary>
internal static class GapReason
{
    /// <summary>The collector was not running.</summary>
    public const string Stopped = "stopped";

    /// <summary>The connection was lost and made anew.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>Nothing at all came over a connection that seemed to be there.</summary>
    public const string Idle = "idle";

    /// <summary>The stream fell silent, measured by its own rate, while others went on.</summary>
    public const string Silent = "silent";

    /// <summary>The exchange acknowledged the subscription and sent nothing.</summary>
    public const string Unserved = "unserved";

    /// <summary>An update does not follow on the one before.</summary>
    public const string Sequence = "sequence";

    /// <summary>A frame could not be read.</summary>
    public const string Malformed = "malformed";

    /// <summary>The log was full.</summary>
    public const string LogFull = "log_full";
}
