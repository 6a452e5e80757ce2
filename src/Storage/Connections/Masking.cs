using System.Text.RegularExpressions;

namespace Tradepost.Storage.Connections;

/// <summary>Takes passwords out of addresses, also out of malformed ones: where in doubt, more is hidden.</summary>
public static partial class Masking
{
    internal const string Stars = "***";

    public static string Mask(string address)
    {
        var masked = MaskUserInfo(address);
        return SecretKey().Replace(masked, match => match.Groups["key"].Value + Stars);
    }

    // Everything up to the last @ counts as user and password: an unescaped @ or / in a password must not show its rest.
    private static string MaskUserInfo(string address)
    {
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var at = address.LastIndexOf('@');
        var colon = address.IndexOf(':', start);
        if (colon < 0 || (at >= 0 && colon > at))
        {
            return address;
        }

        return at >= 0
            ? string.Concat(address.AsSpan(0, colon + 1), Stars, address.AsSpan(at))
            : PasswordWithoutHost().Replace(address, match => match.Groups["before"].Value + Stars);
    }

    [GeneratedRegex(
        """(?<key>(?:password|pwd|sslpassword|token|secret|key)\s*=\s*)(?:"[^"]*"|'[^']*'|[^;&\s]*)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex SecretKey();

    [GeneratedRegex(
        """^(?<before>[^:]+://[^:/\[\]]*:)(?!\d+(?:[/?]|$))[^/?]+""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex PasswordWithoutHost();
}
