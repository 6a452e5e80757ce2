using Tradepost.Storage.Failures;

namespace Tradepost.Serving.Errors;

/// <summary>A request cannot be answered as asked: the status, one sentence, and what a program can use.</summary>
public sealed class ApiException(
    int status,
    string message,
    IReadOnlyDictionary<string, object>? details = null,
    TimeSpan? retryAfter = null
) : Exception(message)
{
    internal Problem Problem { get; } = new(status, message, details, retryAfter);

    /// <summary>404: there is no such thing.</summary>
    public static ApiException NotFound(string message, IReadOnlyList<string>? allowed = null) =>
        new(404, message, ForeseenException.DetailsOf(("allowed", allowed)));

    /// <summary>422: a field holds what it may not.</summary>
    public static ApiException Invalid(string field, string message, IReadOnlyList<string>? allowed = null) =>
        new(422, message, ForeseenException.DetailsOf(("field", field), ("allowed", allowed)));
}
