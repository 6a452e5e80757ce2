using System.Text.RegularExpressions;

namespace Tradepost.Storage.Queries.Costs;

/// <summary>What matching a text with a pattern takes on the embedded store.</summary>
internal static partial class Patterns
{
    /// <summary>An expression without counts is matched letter by letter; one with counts may stand for ten thousand states.</summary>
    private const double MostStates = 10_000;

    private const int ShortExpression = 200;

    private static readonly HashSet<string> Likes = new(
        ["~~", "~~*", "!~~", "!~~*", "~~~", "like_escape", "ilike_escape", "not_like_escape", "not_ilike_escape"],
        StringComparer.OrdinalIgnoreCase
    );

    private static readonly HashSet<string> Expressions = new(
        ["string_split_regex", "str_split_regex", "~", "!~"],
        StringComparer.OrdinalIgnoreCase
    );

    public static bool Matches(string function) => Likes.Contains(function) || IsExpression(function);

    public static string NameOf(string function) => Likes.Contains(function) ? "LIKE" : function;

    /// <summary>Steps for one text.</summary>
    public static double StepsOf(Term.Call call, double bytes)
    {
        var pattern = call.Arguments[1] is Term.Value { Text: { } text } ? text : null;
        if (IsExpression(call.Function))
        {
            return bytes * (pattern is { Length: <= ShortExpression } && !Counted().IsMatch(pattern) ? 1 : MostStates);
        }

        // Behind each % but the last every place of the text is tried again for what follows.
        return pattern is null ? double.PositiveInfinity : Math.Pow(Math.Max(2, bytes), Math.Max(1, Wildcards().Count(pattern) - 1));
    }

    private static bool IsExpression(string function) =>
        function.StartsWith("regexp", StringComparison.OrdinalIgnoreCase) || Expressions.Contains(function);

    [GeneratedRegex(@"\{[0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Counted();

    [GeneratedRegex("[%*]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Wildcards();
}
