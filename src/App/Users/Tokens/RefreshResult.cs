namespace Tradepost.App.Users.Tokens;

internal enum RefreshResult
{
    /// <summary>No such token, or its session has ended.</summary>
    Unknown,

    /// <summary>It was used before: the session is revoked.</summary>
    UsedTwice,

    Renewed,
}
