using Microsoft.AspNetCore.Http;
using Tradepost.App.Users;

namespace Tradepost.App.Api.Callers;

/// <summary>Who sent a request, as a valid token says.</summary>
internal sealed record Caller(Guid UserId, string Email, Role Role, Guid SessionId)
{
    /// <summary>For handlers that run only for those who have signed in.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.FindCaller() ?? throw new InvalidOperationException($"{context.Request.Path} needs a caller and lets anybody in."));
}
