using Tradepost.Arguments;

namespace Tradepost.Jobs;

/// <summary>A job cannot do its work, and the message tells the user why and what to do.</summary>
/// <param name="message">One sentence for the user.</param>
/// <param name="exitCode">What the command line exits with: 1, or above 2 where a domain distinguishes.</param>
/// <param name="inner">What was behind it.</param>
public class JobFailedException(string message, int exitCode = 1, Exception? inner = null) : Exception(message, inner)
{
    private readonly Sentence? sentence;

    /// <summary>A failure whose sentence names arguments of the job.</summary>
    public JobFailedException(Sentence sentence, int exitCode = 1)
        : this(sentence.ToString(), exitCode) => this.sentence = sentence;

    public int ExitCode { get; } = exitCode;

    /// <summary>The message for whoever gave the arguments as JSON.</summary>
    public string MessageInJson => sentence?.InJson() ?? Message;
}
