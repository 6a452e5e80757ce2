using System.Text.RegularExpressions;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Listening;

/// <summary>The path under which a reverse proxy serves this server, whether it passes it on or not; empty without one.</summary>
internal static partial class PathPrefix
{
    public static string From(Settings settings)
    {
        var text = (settings.Find(SettingNames.PathPrefix) ?? "").TrimEnd('/');
        return text.Length == 0 || Form().IsMatch(text)
            ? text
            : throw new ConfigurationException(
                SettingNames.PathPrefix,
                $"\"{text}\" cannot be used; allowed is a path such as /tradepost, of letters, digits and -_.~."
            );
    }

    [GeneratedRegex(@"^(/[A-Za-z0-9\-_.~]+)+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
