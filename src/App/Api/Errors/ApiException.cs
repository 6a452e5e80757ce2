namespace Tradepost.App.Api.Errors;

/// <summary>A request cannot be answered as asked: the status, one sentence, and what a program can use.</summary>
internal sealed class ApiException(
    int status,
    string message,
    IReadOnlyDictionary<string, object>? details = null,
    TimeSpan? retryAfter = null
) : Exception(message)
{
    public Problem Problem { get; } = new(status, message, details, retryAfter);

    public static ApiException NotFound(string message, IReadOnlyList<string>? allowed = null) =>
        new(404, message, allowed is null ? null : new Dictionary<string, object> { ["allowed"] = allowed });

    public static ApiException Invalid(string field, string message, IReadOnlyList<string>? allowed = null)
    {
        var details = new Dictionary<string, object> { ["field"] = field };
        if (allowed is not null)
        {
            details["allowed"] = allowed;
        }

        return new ApiException(422, message, details);
    }
}
