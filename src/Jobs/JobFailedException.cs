namespace Tradepost.Jobs;

/// <summary>A job cannot do its work, and the message tells the user why and what to do.</summary>
/// <param name="message">One sentence for the user.</param>
/// <param name="exitCode">What the command line exits with: 1, or above 2 where a domain distinguishes.</param>
/// <param name="inner">What was behind it.</param>
public class JobFailedException(string message, int exitCode = 1, Exception? inner = null) : Exception(message, inner)
{
    public int ExitCode { get; } = exitCode;
}
