namespace Tradepost.App.Learning;

/// <summary>What the library says, for somebody who does not know its parameters.</summary>
internal static class Sentences
{
    /// <summary>The message without the parameter's name that follows it.</summary>
    public static string Of(ArgumentException problem) =>
        problem.ParamName is { } name ? problem.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : problem.Message;
}
