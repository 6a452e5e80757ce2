using Tradepost.Storage.Failures;

namespace Tradepost.Jobs;

/// <summary>A job cannot do its work, and the message tells the user why and what to do.</summary>
public class JobFailedException : ForeseenException
{
    private const int WrongUsage = 2;

    /// <summary>A failure.</summary>
    /// <param name="message">One sentence for the user.</param>
    /// <param name="exitCode">
    /// What the command line exits with: 1 where it is null, 2 where it was asked for what cannot be, above 2 where a domain distinguishes.
    /// </param>
    /// <param name="inner">What was behind it.</param>
    public JobFailedException(string message, int? exitCode = null, Exception? inner = null)
        : base(exitCode == WrongUsage ? FailureKind.WrongValue : FailureKind.Failed, message, inner) => ExitCode = exitCode;
}
