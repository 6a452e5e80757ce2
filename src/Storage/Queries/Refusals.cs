namespace Tradepost.Storage.Queries;

/// <summary>What is said against a query, in the same words on either store.</summary>
internal static class Refusals
{
    public static QueryRefusedException Empty() => new("The query is empty; give one SELECT statement.");

    public static QueryRefusedException Several(int? count = null) =>
        new($"The query has {(count is { } known ? known.ToString() : "several")} statements; give one at a time.");

    public static QueryRefusedException NotAQuery(string word, IReadOnlyList<string> allowed) =>
        new(
            $"A query begins with {string.Join(", ", allowed.SkipLast(1))} or "
                + $"{allowed[^1]}{(word.Length > 0 ? $", not with {word}" : "")}: nothing can be changed this way."
        );

    public static QueryRefusedException HiddenTable(string name) => new($"The table {name} is not open to queries.");

    public static QueryRefusedException Function(string name) => new($"A query may not call the function {name}.");

    public static QueryRefusedException TooDeep(Exception? cause = null) => new("The query is nested too deeply.", cause);

    public static QueryRefusedException TooMuchMemory(Exception cause) =>
        new("The query took too much memory and was stopped; ask for fewer rows, groups or distinct values.", cause);
}
