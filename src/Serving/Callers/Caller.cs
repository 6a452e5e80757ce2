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

    /// <summary>For handlers that also take those who prove otherwise who they are; null where the request has no valid token.</summary>
    public static Caller? Find(HttpContext context) => context.FindCaller();

    /// <summary>For handlers that run only for those who have signed in.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context) =>
        ValueTask.FromResult(
            context.FindCaller() ?? throw new InvalidOperationException($"{context.Request.Path} needs a caller and lets anybody in.")
        );
}

/// <summary>Keeps the caller with the request.</summary>
internal static class CallerExtensions
{
    private static readonly object Key = new();
    private static readonly object UnprovenKey = new();

    public static Caller? FindCaller(this HttpContext context) => context.Items.TryGetValue(Key, out var caller) ? (Caller?)caller : null;

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;

    /// <summary>Whether the request has a token of which only the store, which is away, could say whether it counts.</summary>
    public static bool IsUnproven(this HttpContext context) => context.Items.ContainsKey(UnprovenKey);

    public static void SetUnproven(this HttpContext context) => context.Items[UnprovenKey] = true;
}
