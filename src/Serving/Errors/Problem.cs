namespace Tradepost.Serving.Errors;

/// <summary>What an error response says.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">One sentence, without secrets.</param>
/// <param name="Details">The field, what is allowed, the run that is in the way.</param>
/// <param name="RetryAfter">When to try again, where that helps.</param>
internal sealed record Problem(
    int Status,
    string Message,
    IReadOnlyDictionary<string, object>? Details = null,
    TimeSpan? RetryAfter = null
);
