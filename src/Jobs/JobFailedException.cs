using Tradepost.Arguments;
using Tradepost.Storage.Failures;

namespace Tradepost.Jobs;

/// <summary>A job cannot do its work, and the message tells the user why and what to do.</summary>
public class JobFailedException : ForeseenException
{
    private const int WrongUsage = 2;

    private readonly Sentence? sentence;

    /// <summary>A failure.</summary>
    /// <param name="message">One sentence for the user.</param>
    /// <param name="exitCode">What the command line exits with: 1, 2 for what cannot be, above 2 where a domain distinguishes.</param>
    /// <param name="inner">What was behind it.</param>
    public JobFailedException(string message, int exitCode = 1, Exception? inner = null)
        : base(exitCode == WrongUsage ? FailureKind.WrongValue : FailureKind.Failed, message, inner) => ExitCode = exitCode;

    /// <summary>A failure whose sentence names arguments of the job.</summary>
    public JobFailedException(Sentence sentence, int exitCode = 1)
        : this(sentence.ToString(), exitCode) => this.sentence = sentence;

    /// <summary>For whoever gave the arguments as JSON.</summary>
    public override string Answer => sentence?.InJson() ?? Message;
}
