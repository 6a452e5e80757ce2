using System.Net;
using System.Text.Json;
using Tradepost.Storage.Failures;

namespace Tradepost.Advertising.Syncing.Graph;

/// <summary>An answer of the Marketing API that is none.</summary>
internal sealed class GraphException(string message) : ForeseenException(FailureKind.Failed, message)
{
    private const int TooMuchDataSubcode = 1_487_534;
    private const int PassingSubcode = 99;
    private const int LongestSaid = 300;

    /// <summary>What is to be done about it.</summary>
    public GraphFailure Failure { get; init; }

    /// <summary>How long the API allows no more, where it is limited.</summary>
    public TimeSpan Regain { get; init; }

    /// <summary>The error in an answer.</summary>
    /// <param name="status">Of the answer.</param>
    /// <param name="body">Its JSON; null where it has none.</param>
    /// <param name="regain">How long the API allows no more, as the answer says.</param>
    public static GraphException Of(HttpStatusCode status, JsonElement? body, TimeSpan regain)
    {
        if (
            body is not { ValueKind: JsonValueKind.Object } answer
            || !answer.TryGetProperty("error", out var error)
            || error.ValueKind != JsonValueKind.Object
        )
        {
            return new GraphException($"it answered {(int)status} without saying why") { Failure = FailureOf(status), Regain = regain };
        }

        var (code, subcode, said) = (Number(error, "code"), Number(error, "error_subcode"), Text(error, "message"));
        var title = Text(error, "error_user_msg") is { Length: > 0 } more && more != said ? $" ({more})" : "";
        var isPassing = error.TryGetProperty("is_transient", out var transient) && transient.ValueKind == JsonValueKind.True;
        return new GraphException($"code {code}{(subcode == 0 ? "" : $", subcode {subcode}")}: {Cut(said + title)}{Meaning(code, subcode)}")
        {
            Failure = FailureOf(status, code, subcode, said, isPassing),
            Regain = regain,
        };
    }

    /// <summary>An answer that was cut off, or is no JSON.</summary>
    public static GraphException Unreadable(string what) => new(what) { Failure = GraphFailure.Passing };

    /// <summary>A report that ended without its rows.</summary>
    public static GraphException Report(GraphFailure failure, string what) => new(what) { Failure = failure };

    /// <summary>More than is allowed is used up; nothing was asked.</summary>
    public static GraphException Limited(string what, TimeSpan regain) => new(what) { Failure = GraphFailure.Limited, Regain = regain };

    private static GraphFailure FailureOf(HttpStatusCode status, int code, int subcode, string said, bool isPassing) =>
        code switch
        {
            102 or 190 => GraphFailure.TokenDead,
            100 when subcode == TooMuchDataSubcode => GraphFailure.TooMuchData,
            _ when said.Contains("reduce the amount of data", StringComparison.OrdinalIgnoreCase) => GraphFailure.TooMuchData,
            4 or 17 or 32 or 613 or (>= 80_000 and <= 80_014) => GraphFailure.Limited,
            1 or 2 or 104 or 960 => GraphFailure.Passing,
            _ when subcode == PassingSubcode || isPassing => GraphFailure.Passing,
            3 or 10 or (>= 200 and <= 299) => GraphFailure.Forbidden,
            0 => FailureOf(status),
            _ when (int)status >= 500 => GraphFailure.Passing,
            _ => GraphFailure.Refused,
        };

    private static GraphFailure FailureOf(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.TooManyRequests => GraphFailure.Limited,
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => GraphFailure.Passing,
            HttpStatusCode.Unauthorized => GraphFailure.TokenDead,
            HttpStatusCode.Forbidden => GraphFailure.Forbidden,
            _ => GraphFailure.Refused,
        };

    private static string Meaning(int code, int subcode) =>
        (code, subcode) switch
        {
            (190, 458) => "; the app was removed from the account",
            (190, 460) => "; the password of the token's owner was changed",
            (190, 463) => "; the token has expired",
            (190, 467) => "; the token was made invalid",
            _ => "",
        };

    private static string Cut(string text) => (text.Length > LongestSaid ? text[..LongestSaid] + "…" : text).TrimEnd('.', ' ');

    private static int Number(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : 0;

    private static string Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
