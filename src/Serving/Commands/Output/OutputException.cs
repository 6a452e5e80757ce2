using Tradepost.Storage.Failures;

namespace Tradepost.Serving.Commands.Output;

/// <summary>What a command wrote to could not take it: a file, or standard output.</summary>
internal sealed class OutputException(string place, Exception cause)
    : ForeseenException(FailureKind.Failed, $"{place} cannot be written: {Reason(cause)}.", cause)
{
    private const int NoSpaceLeft = 28; // ENOSPC, which .NET keeps as the HResult

    /// <summary>Whether it was standard output, where nothing more can be said.</summary>
    public bool IsStandardOutput { get; init; }

    private static string Reason(Exception cause) =>
        cause switch
        {
            IOException { HResult: NoSpaceLeft } => "there is no space left",
            UnauthorizedAccessException => "it is closed, or not open for writing",
            _ => cause.Message.TrimEnd('.'),
        };
}
