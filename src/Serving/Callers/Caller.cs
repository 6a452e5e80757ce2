using Microsoft.AspNetCore.Http;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;

namespace Tradepost.Serving.Callers;

/// <summary>Who sent a request, as a valid token says.</summary>
public sealed record Caller(Guid UserId, string Email, Role Role, Guid SessionId)
{
    /// <summary>As whoever starts runs. A viewer starts none, and the gate sees to that.</summary>
    public Asker Asker =>
        new(Email, AskedHow.Api)
        {
            Role = Role switch
            {
                Role.Admin => AskerRole.Admin,
                Role.Analyst => AskerRole.Analyst,
                _ => throw new InvalidOperationException($"The role {Role} starts no runs."),
            },
        };

    /// <summary>For handlers that run only for those who have signed in.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) =>
        ValueTask.FromResult(
            context.FindCaller() ?? throw new InvalidOperationException($"{context.Request.Path} needs a caller and lets anybody in.")
        );
}
