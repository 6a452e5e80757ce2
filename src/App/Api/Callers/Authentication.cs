using Microsoft.AspNetCore.Http;
using Tradepost.App.Api.Health;
using Tradepost.App.Users.SignIns;
using Tradepost.Jobs;

namespace Tradepost.App.Api.Callers;

/// <summary>Finds out who sends a request. It refuses nobody; the gate does, once the route is known.</summary>
internal sealed class Authentication(RequestDelegate next, AccessState access, StoreHealth health)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        if (access.Find(header.AsSpan(Scheme.Length)) is { } caller)
        {
            context.SetCaller(caller);
            return next(context);
        }

        return access.MayBeNew(header.AsSpan(Scheme.Length)) ? LookUpAsync(context, header[Scheme.Length..]) : next(context);
    }

    private async Task LookUpAsync(HttpContext context, string token)
    {
        if (!await TryLookUpAsync(context, token))
        {
            context.SetUnproven();
        }

        await next(context);
    }

    // While the store is away nobody can say whether the token counts; routes that need no caller are served all the same.
    private async Task<bool> TryLookUpAsync(HttpContext context, string token)
    {
        if (!health.IsReachable)
        {
            return false;
        }

        try
        {
            if (await access.LookUpAsync(token, context.RequestAborted) is { } caller)
            {
                context.SetCaller(caller);
            }

            return true;
        }
        catch (Exception e) when (StoreFailure.IsAway(e))
        {
            health.Suspect();
            return false;
        }
    }
}
