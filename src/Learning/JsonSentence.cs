using System.Text.Json;

namespace Tradepost.Learning;

/// <summary>What is wrong with a JSON text, in the words of the text: the serializer's own messages name types of the program.</summary>
public static class JsonSentence
{
    private const string Required = "including: ";

    /// <summary>Such as "line 3: there is no name n_trees", without a full stop.</summary>
    public static string Of(JsonException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var text = problem.Message.Split(" Path:")[0].Split(" LineNumber:")[0].TrimEnd('.');
        var reason =
            text.StartsWith("The JSON property '", StringComparison.Ordinal) ? $"there is no name {text.Split('\'')[1]}"
            : text.StartsWith("Duplicate property '", StringComparison.Ordinal) ? $"the name {text.Split('\'')[1]} comes twice"
            : text.IndexOf(Required, StringComparison.Ordinal) is >= 0 and var at
                ? $"it lacks {text[(at + Required.Length)..].Replace("'", "", StringComparison.Ordinal)}"
            : IsOfText(text) ? text
            : $"{Place(problem)} has a value that it cannot have";
        return problem.LineNumber is { } line ? $"line {line + 1}: {reason}" : reason;
    }

    // The reader's messages are about characters; those about types come from what makes objects of them.
    private static bool IsOfText(string text) =>
        !text.Contains(" type ", StringComparison.Ordinal)
        && !text.Contains("converted", StringComparison.Ordinal)
        && !text.Contains("Tradepost.", StringComparison.Ordinal)
        && !text.Contains("System.", StringComparison.Ordinal);

    private static string Place(JsonException problem) => problem.Path?.TrimStart('$', '.') is { Length: > 0 } path ? path : "the text";
}
