namespace Tradepost.Learning;

/// <summary>
/// What a computation takes, reckoned from its dimensions before it begins. Memory is that of its arrays, which follows from the
/// dimensions; time is that of one processor by what a step of its inner loops usually takes, right to a factor of a few.
/// </summary>
public sealed record WorkSize
{
    /// <summary>What one array can hold.</summary>
    private const double LargestArray = 0x7FFFFFC7;

    private const double NotableShare = 0.5;
    private const double NotableSeconds = 600;

    /// <summary>What it is and on how much, such as <c>A ridge regression of 20 rows and 20,000 columns</c>.</summary>
    public required string Work { get; init; }

    /// <summary>What takes less, as a sentence.</summary>
    public required string Smaller { get; init; }

    /// <summary>Memory besides that of the rows that are given.</summary>
    public double Bytes { get; init; }

    /// <summary>Numbers in the largest array.</summary>
    public double LargestCount { get; init; }

    /// <summary>Time of one processor.</summary>
    public double Seconds { get; init; }

    /// <summary>How a table of so many rows and columns is called in a sentence.</summary>
    public static string Of(long rows, long columns) => Say($"A table of {rows:N0} rows and {columns:N0} columns");

    /// <summary>Why it cannot be done within limits, in one sentence with the figures; null when it can.</summary>
    public string? Refusal(WorkLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return LargestCount > LargestArray
                ? Say($"{Work} would need {LargestCount:N0} numbers in one piece, and {LargestArray:N0} is the most. {Smaller}")
            : Bytes > limits.Bytes
                ? Say($"{Work} would take about {Memory(Bytes)} of memory, and the limit here is {Memory(limits.Bytes)}. {Smaller}")
            : Seconds > limits.Seconds
                ? Say($"{Work} would take about {Time(Seconds)} of a processor, and the limit is {Time(limits.Seconds)}. {Smaller}")
            : null;
    }

    /// <summary>What somebody should know who begins it, in one sentence with the figures; null when it is nothing to speak of.</summary>
    public string? Notice(WorkLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return Bytes > NotableShare * limits.Bytes
                ? Say($"{Work} takes about {Memory(Bytes)} of memory; the limit here is {Memory(limits.Bytes)}. {Smaller}")
            : Seconds > NotableSeconds ? Say($"{Work} takes about {Time(Seconds)} of a processor. It can be stopped at any time. {Smaller}")
            : null;
    }

    /// <summary>Throws unless it can be done here.</summary>
    /// <param name="argument">Of the method that was asked to do it.</param>
    /// <exception cref="ArgumentException">It cannot; the message has the figures.</exception>
    public void Check(string argument)
    {
        if (Refusal(WorkLimits.Here) is { } refusal)
        {
            throw new ArgumentException(refusal, argument);
        }
    }

    /// <summary>A text with numbers as everywhere.</summary>
    internal static string Say(FormattableString text) => text.ToString();

    private static string Memory(double bytes) =>
        bytes switch
        {
            >= 1e15 => Say($"{bytes / 1e15:N0} PB"),
            >= 1e12 => Say($"{bytes / 1e12:0.#} TB"),
            >= 1e9 => Say($"{bytes / 1e9:0.#} GB"),
            _ => Say($"{bytes / 1e6:0.#} MB"),
        };

    private static string Time(double seconds) =>
        seconds switch
        {
            >= 86_400 => Say($"{seconds / 86_400:N0} days"),
            >= 3600 => Say($"{seconds / 3600:0.#} hours"),
            >= 60 => Say($"{seconds / 60:N0} minutes"),
            _ => Say($"{seconds:0.#} seconds"),
        };
}
