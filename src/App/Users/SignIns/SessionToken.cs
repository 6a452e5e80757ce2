namespace Tradepost.App.Users.SignIns;

/// <summary>What a browser's sign-in gives to the page.</summary>
/// <param name="AccessToken">Sent with each request as Authorization: Bearer ….</param>
/// <param name="ExpiresIn">Seconds until it expires.</param>
/// <param name="User">Who signed in.</param>
internal sealed record SessionToken(string AccessToken, int ExpiresIn, Me User);
