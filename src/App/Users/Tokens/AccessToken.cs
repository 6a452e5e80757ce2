using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tradepost.App.Users.Tokens;

/// <summary>
/// Access tokens: JSON web tokens (RFC 7519) in the profile of RFC 9068, signed with ES256. A token chooses neither its algorithm nor
/// its type, and its key only among those of the store.
/// </summary>
internal static class AccessToken
{
    /// <summary>How long a token runs; one that says more was not made here.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>How far the clocks of two servers on one store may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    /// <summary>In bytes; a longer one is refused unread.</summary>
    public const int Longest = 1024;

    private const string Type = "at+jwt";
    private const string Issuer = "tradepost"; // and its audience: what the server gives out, it alone takes

    private static readonly JsonWebTokenHandler Writer = new() { SetDefaultTimesOnTokenCreation = false };

    public static string Create(SigningKey key, Guid userId, Guid sessionId, DateTimeOffset issuedAt, TimeSpan lifetime) =>
        Writer.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = Type,
                Issuer = Issuer,
                Audience = Issuer,
                IssuedAt = issuedAt.UtcDateTime,
                Expires = (issuedAt + lifetime).UtcDateTime,
                Claims = new Dictionary<string, object>
                {
                    [JwtRegisteredClaimNames.Sub] = userId.ToString(),
                    [JwtRegisteredClaimNames.Sid] = sessionId.ToString(),
                },
                SigningCredentials = key.Credentials,
            }
        );

    /// <summary>What the library has to hold a token against.</summary>
    /// <param name="keyOf">The key of an id that counts now; null when there is none.</param>
    /// <param name="time">Of this server.</param>
    public static TokenValidationParameters Rules(Func<string, SecurityKey?> keyOf, TimeProvider time) =>
        new()
        {
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [Type],
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, id, _) => id is not null && keyOf(id) is { } key ? [key] : [],
            LifetimeValidator = (_, _, token, _) => token is JsonWebToken read && IsTimely(read, time.GetUtcNow().UtcDateTime),
        };

    /// <summary>Whom a token names; null when it leaves somebody out.</summary>
    public static TokenClaims? ClaimsOf(SecurityToken token) =>
        token is JsonWebToken read
        && read.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Sub, out var user)
        && Guid.TryParse(user, out var userId)
        && read.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Sid, out var session)
        && Guid.TryParse(session, out var sessionId)
            ? new TokenClaims(userId, sessionId)
            : null;

    // A key that was copied makes no token for longer, or for later, than the server itself would. Left out, a time is year 1.
    private static bool IsTimely(JsonWebToken token, DateTime now) =>
        now < token.ValidTo && token.IssuedAt <= now + ClockSkew && token.ValidTo - token.IssuedAt <= Lifetime;
}

/// <summary>What an access token says.</summary>
internal readonly record struct TokenClaims(Guid UserId, Guid SessionId);
