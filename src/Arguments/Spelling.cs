using System.Text.Json;

namespace Tradepost.Arguments;

/// <summary>How names are written, and which name a mistyped one was meant to be.</summary>
public static class Spelling
{
    /// <summary><c>MaxDeletes</c> as <c>max-deletes</c>.</summary>
    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary><c>MaxDeletes</c> as <c>max_deletes</c>.</summary>
    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>The candidate that is only a few typing errors away, or begins with the word; null when none is.</summary>
    public static string? FindNearest(string word, IEnumerable<string> candidates)
    {
        var all = candidates.ToList();
        var most = Math.Max(1, word.Length / 3);
        var nearest = all.Select(candidate => (Candidate: candidate, Distance: Distance(word, candidate)))
            .Where(pair => pair.Distance <= most)
            .OrderBy(pair => pair.Distance)
            .Select(pair => pair.Candidate)
            .FirstOrDefault();
        return nearest
            ?? (
                word.TrimStart('-').Length >= 3
                    ? all.Find(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                    : null
            );
    }

    /// <summary>Damerau's and Levenshtein's distance: letters added, dropped, exchanged, or swapped, whatever their case.</summary>
    public static int Distance(string a, string b)
    {
        (a, b) = (a.ToLowerInvariant(), b.ToLowerInvariant());
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
