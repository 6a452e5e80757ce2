namespace Tradepost.App.Cli;

/// <summary>What went wrong, as it is shown and as the process ends.</summary>
/// <param name="ExitCode">1 failure, 2 wrong usage, 3 a source cannot be reached, 130 stopped; domains add their own.</param>
/// <param name="Message">One sentence, without secrets.</param>
/// <param name="Details">What a program can use: the field, what is allowed.</param>
internal sealed record Failure(int ExitCode, string Message, IReadOnlyDictionary<string, object>? Details = null)
{
    public const int Usage = 2;
    public const int SourceUnavailable = 3;
    public const int Stopped = 130;
}
