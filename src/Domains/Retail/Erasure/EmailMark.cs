using System.Text.RegularExpressions;

namespace Tradepost.Retail.Erasure;

/// <summary>
/// What a former version has in the place of an e-mail: <c>erased 1</c>, <c>erased 2</c>. Versions are told apart by their e-mails, so that
/// with none of them they would fall together, and their orders would change their customer's version.
/// </summary>
internal static partial class EmailMark
{
    public static string Of(int number) => $"erased {number}";

    public static bool Is(string text) => Pattern().IsMatch(text);

    /// <summary>What states in order of time hold in the place of their e-mails: marks, and nothing from the last change on.</summary>
    public static IReadOnlyList<string?> For(IReadOnlyList<string?> emails)
    {
        var groups = new int[emails.Count];
        for (var i = 0; i < emails.Count; i++)
        {
            groups[i] = i == 0 ? 1 : groups[i - 1] + (emails[i] == emails[i - 1] ? 0 : 1);
        }

        return [.. groups.Select(group => group == groups[^1] ? null : Of(group))];
    }

    [GeneratedRegex(@"\Aerased [0-9]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
