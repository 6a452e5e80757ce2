using System.Buffers;
using System.Text.RegularExpressions;

namespace Tradepost.Storage.Connections;

/// <summary>
/// Reads <c>.env</c>: NAME=value lines, optionally behind <c>export</c>, values bare or in quotes, comments behind #. As for shells and
/// Compose, <c>${NAME}</c> is the variable's value, but within single quotes.
/// </summary>
public static partial class EnvironmentFile
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    /// <summary>The file of a folder: <c>.env</c>, or <c>.env.NAME</c> of a profile.</summary>
    /// <exception cref="ConfigurationException">No profile has such a name.</exception>
    public static string PathOf(string folder, string? profile) =>
        profile is null ? Path.Combine(folder, ".env")
        : IsName(profile) ? Path.Combine(folder, $".env.{profile}")
        : throw ConfigurationException.NotAllowed(SettingNames.Profile, profile, "letters, digits and _");

    /// <summary>Sets values in a file, which stays as it is for the rest.</summary>
    /// <param name="path">The file; it is made where it is missing.</param>
    /// <param name="values">By name; a name with null is taken out.</param>
    public static void Set(string path, IReadOnlyDictionary<string, string?> values)
    {
        var lines = File.Exists(path) ? File.ReadAllText(path).Split('\n').ToList() : [];
        if (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        foreach (var (name, value) in values)
        {
            var first = lines.FindIndex(line => Sets(line, name));
            lines.RemoveAll(line => Sets(line, name));
            if (value is not null)
            {
                var quote = value.Contains('\'', StringComparison.Ordinal) ? '"' : '\'';
                lines.Insert(first < 0 ? lines.Count : first, $"{name}={quote}{value}{quote}");
            }
        }

        SafeFile.Replace(path, string.Join('\n', lines) + "\n");
    }

    private static bool Sets(string line, string name)
    {
        var content = line.Trim();
        content = content.StartsWith("export ", StringComparison.Ordinal) ? content["export ".Length..].TrimStart() : content;
        return content.StartsWith(name, StringComparison.Ordinal) && content[name.Length..].TrimStart().StartsWith('=');
    }

    /// <summary>The values by name; of a name that is given twice the last.</summary>
    /// <param name="path">Where the text comes from.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="variable">The value of an environment variable; null when it is not set.</param>
    internal static Dictionary<string, string> Parse(string path, string text, Func<string, string?> variable)
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
