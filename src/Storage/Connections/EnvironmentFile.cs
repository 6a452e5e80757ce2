using System.Buffers;
using System.Globalization;

namespace Tradepost.Storage.Connections;

/// <summary>Reads <c>.env</c>: NAME=value lines, optionally behind <c>export</c>, values bare or in quotes, comments behind #.</summary>
internal static class EnvironmentFile
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    public static Dictionary<string, string> Parse(string path, string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var content = line.Trim().TrimStart('\uFEFF');
            if (content.Length == 0 || content.StartsWith('#'))
            {
                continue;
            }

            if (content.StartsWith("export ", StringComparison.Ordinal))
            {
                content = content["export ".Length..].TrimStart();
            }

            var equals = content.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !IsName(content.AsSpan(0, equals).TrimEnd()))
            {
                // The line itself is not shown: it may be the rest of a secret.
                throw new ConfigurationException(path, string.Create(CultureInfo.InvariantCulture, $"line {number} is not NAME=value."));
            }

            values[content[..equals].TrimEnd()] = Value(path, number, content[(equals + 1)..].Trim());
        }

        return values;
    }

    private static bool IsName(ReadOnlySpan<char> name) => !name.ContainsAnyExcept(NameCharacters) && !char.IsDigit(name[0]);

    private static string Value(string path, int number, string text)
    {
        if (text.Length > 0 && text[0] is '"' or '\'')
        {
            var end = text.IndexOf(text[0], 1);
            return end < 0
                ? throw new ConfigurationException(
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"line {number} opens a quote and does not close it.")
                )
                : text[1..end];
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }
}
