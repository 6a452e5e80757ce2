namespace Tradepost.Storage.Failures;

/// <summary>The base of the program's own failures: each is told as its one sentence, and its kind says the rest.</summary>
/// <param name="kind">What decides the exit code and the status of an answer.</param>
/// <param name="message">One sentence for the user, without secrets.</param>
/// <param name="inner">What was behind it.</param>
public abstract class ForeseenException(FailureKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    public FailureKind Kind { get; } = kind;

    /// <summary>What the process exits with, where the kind does not say enough.</summary>
    public int? ExitCode { get; init; }

    /// <summary>What a program can use: the field, what is allowed.</summary>
    public virtual IReadOnlyDictionary<string, object>? Details => null;

    /// <summary>The sentence over HTTP, where the caller knows things by other names.</summary>
    public virtual string Answer => Message;

    /// <summary>The details over HTTP.</summary>
    public virtual IReadOnlyDictionary<string, object>? AnswerDetails => Details;

    /// <summary>Details from those values that there are; null when there is none.</summary>
    public static IReadOnlyDictionary<string, object>? DetailsOf(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var details = new Dictionary<string, object>();
        foreach (var (name, value) in values)
        {
            if (value is not null)
            {
                details[name] = value;
            }
        }

        return details.Count > 0 ? details : null;
    }
}
