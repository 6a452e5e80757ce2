namespace Tradepost.Advertising.Syncing.Graph;

/// <summary>What an error of the Marketing API asks of whoever gets it.</summary>
internal enum GraphFailure
{
    /// <summary>It may be gone the next time.</summary>
    Passing,

    /// <summary>Too much was asked for in a while; it is left alone for as long as it says.</summary>
    Limited,

    /// <summary>One answer would be too long; less is asked for.</summary>
    TooMuchData,

    /// <summary>The token is good for nothing any more.</summary>
    TokenDead,

    /// <summary>The token may not read this.</summary>
    Forbidden,

    /// <summary>The question itself is wrong.</summary>
    Refused,
}
