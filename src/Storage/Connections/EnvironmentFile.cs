using System.Buffers;
using System.Text.RegularExpressions;

namespace Tradepost.Storage.Connections;

/// <summary>
/// Reads <c>.env</c>: NAME=value lines, optionally behind <c>export</c>, values bare or in quotes, comments behind #. As for shells and
/// Compose, <c>${NAME}</c> is the variable's value, but within single quotes.
/// </summary>
internal static partial class EnvironmentFile
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    /// <summary>The values by name; of a name that is given twice the last.</summary>
    /// <param name="path">Where the text comes from.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="variable">The value of an environment variable; null when it is not set.</param>
    public static Dictionary<string, string> Parse(string path, string text, Func<string, string?> variable)
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
                throw new ConfigurationException(path, $"line {number} is not NAME=value.");
            }

            var given = content[(equals + 1)..].Trim();
            var value = Value(path, number, given);
            values[content[..equals].TrimEnd()] = given.StartsWith('\'') ? value : Filled(path, number, value, Known);
        }

        return values;

        string? Known(string name) => values.GetValueOrDefault(name) ?? variable(name);
    }

    private static string Filled(string path, int number, string text, Func<string, string?> known) =>
        Variable()
            .Replace(text, match =>
                known(match.Groups["name"].Value)
                ?? throw new ConfigurationException(
                    path,
                    $"line {number} names {match.Value}, which is not set; in single quotes it would be taken as it stands."
                )
            );

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    private static bool IsName(ReadOnlySpan<char> name) => !name.ContainsAnyExcept(NameCharacters) && !char.IsDigit(name[0]);

    private static string Value(string path, int number, string text)
    {
        if (text.Length > 0 && text[0] is '"' or '\'')
        {
            var end = text.IndexOf(text[0], 1);
            return end < 0 ? throw new ConfigurationException(path, $"line {number} opens a quote and does not close it.") : text[1..end];
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }
}
