using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Tokens;
using Tradepost.App.Users.Tokens;
using Tradepost.Jobs;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Health;

namespace Tradepost.App.Users.SignIns;

/// <summary>What decides about a token besides its form and signature: whether its user, its session and its key count now.</summary>
internal sealed class BearerEvents(AccessState access, StoreHealth health) : JwtBearerEvents
{
    public override async Task TokenValidated(TokenValidatedContext context)
    {
        if (await FindAsync(context.HttpContext, context.SecurityToken) is { } caller)
        {
            context.HttpContext.SetCaller(caller);
        }
        else
        {
            context.Fail("Its user or its session does not count.");
        }
    }

    /// <summary>A key that is not known here may have been made on another server a moment ago, or be invented.</summary>
    public override async Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        if (
            context.Exception is not SecurityTokenSignatureKeyNotFoundException
            || !access.IsStale
            || !await AskAsync(context.HttpContext, access.ReloadIfOldAsync)
        )
        {
            return;
        }

        var token = context.Request.Headers.Authorization.ToString()[$"{JwtBearerDefaults.AuthenticationScheme} ".Length..].Trim();
        var result = await access.Handler.ValidateTokenAsync(token, access.Rules);
        if (result.IsValid && await FindAsync(context.HttpContext, result.SecurityToken) is { } caller)
        {
            context.HttpContext.SetCaller(caller);
        }
    }

    private async Task<Caller?> FindAsync(HttpContext context, SecurityToken token)
    {
        if (AccessToken.ClaimsOf(token) is not { } claims)
        {
            return null;
        }

        var caller = access.Find(claims);
        if (caller is null && access.MayBeNew(claims))
        {
            await AskAsync(context, async cancellationToken => caller = await access.LookUpAsync(claims, cancellationToken));
        }

        return caller;
    }

    // While the store is away nobody can say whether the token counts; routes that need no caller are served all the same.
    private async Task<bool> AskAsync(HttpContext context, Func<CancellationToken, Task> ask)
    {
        if (health.IsReachable)
        {
            try
            {
                await ask(context.RequestAborted);
                return true;
            }
            catch (Exception e) when (StoreFailure.IsAway(e))
            {
                health.Suspect();
            }
        }

        context.SetUnproven();
        return false;
    }
}
