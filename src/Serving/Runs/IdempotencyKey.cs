using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;

namespace Tradepost.Serving.Runs;

/// <summary>The header with which a client that is not answered can ask again without doing it twice.</summary>
public static class IdempotencyKey
{
    /// <summary>Its name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Its most letters.</summary>
    public const int Longest = 128;

    /// <summary>The key of a request, as it is kept: each user has keys of their own.</summary>
    public static string? Find(HttpContext context, Caller caller)
    {
        var values = context.Request.Headers[Header];
        return values.Count == 0 ? null
            : values is [{ Length: > 0 and <= Longest } key] && key.All(letter => letter is > ' ' and < '\u007f') ? $"{caller.Email}:{key}"
            : throw ApiException.Invalid(Header, $"{Header} must be 1 to {Longest} visible ASCII characters, once.");
    }
}
