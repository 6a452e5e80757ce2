using System.ComponentModel;

namespace Tradepost.App.Users.SignIns;

/// <summary>What a sign-in gives.</summary>
internal sealed record TokenResponse
{
    [Description("Sent with each request as Authorization: Bearer …")]
    public required string AccessToken { get; init; }

    [Description("Exchanged, once, for the next pair of tokens.")]
    public required string RefreshToken { get; init; }

    [Description("Always Bearer.")]
    public required string TokenType { get; init; }

    [Description("Seconds until the access token expires.")]
    public required int ExpiresIn { get; init; }
}
