using Microsoft.AspNetCore.Http;
using Tradepost.App.Users.SignIns;

namespace Tradepost.App.Api.Callers;

/// <summary>Finds out who sends a request. It refuses nobody; the gate does, once the route is known.</summary>
internal sealed class Authentication(RequestDelegate next, AccessState access)
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

        return access.IsOfUnknown(header.AsSpan(Scheme.Length)) ? ReloadAsync(context, header) : next(context);
    }

    private async Task ReloadAsync(HttpContext context, string header)
    {
        await access.ReloadAsync(context.RequestAborted);
        if (access.Find(header.AsSpan(Scheme.Length)) is { } caller)
        {
            context.SetCaller(caller);
        }

        await next(context);
    }
}
