using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tradepost.App.Users.Tokens;

/// <summary>
/// Checks access tokens as the library does, but each signature once: it costs more than all the rest of a small request, and a
/// token comes with every request of a quarter of an hour. What changes with time is asked every time.
/// </summary>
internal sealed class AccessTokenHandler : JsonWebTokenHandler, IDisposable
{
    private const int MostRemembered = 10_000;

    private readonly MemoryCache verified = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    public AccessTokenHandler()
    {
        MapInboundClaims = false;
        MaximumTokenSizeInBytes = AccessToken.Longest;
    }

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (
            verified.TryGetValue(token, out TokenValidationResult? known)
            && StillCounts((JsonWebToken)known!.SecurityToken, validationParameters)
        )
        {
            return known;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            verified.Set(token, result, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = AccessToken.Lifetime });
        }

        return result;
    }

    public void Dispose() => verified.Dispose();

    private static bool StillCounts(JsonWebToken token, TokenValidationParameters rules) =>
        rules.IssuerSigningKeyResolver(token.EncodedToken, token, token.Kid, rules).Contains(token.SigningKey)
        && rules.LifetimeValidator(notBefore: null, token.ValidTo, token, rules);
}
