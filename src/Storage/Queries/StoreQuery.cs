using System.Data.Common;
using Tradepost.Storage.Queries.Embedded;
using Tradepost.Storage.Queries.Server;

namespace Tradepost.Storage.Queries;

/// <summary>What reading a store's tables with somebody's SQL takes: how it is checked and how it is run.</summary>
internal abstract class StoreQuery(IReadOnlyCollection<string> hiddenTables)
{
    /// <summary>What stands between words; anything else, as a comment, is the engine's to read.</summary>
    protected const string Blanks = " \t\r\n";

    protected IReadOnlySet<string> Hidden { get; } = hiddenTables.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Longer texts are not looked at.</summary>
    public const int MostLetters = 100_000;

    public static StoreQuery Of(Store store, IReadOnlyCollection<string> hiddenTables) =>
        store switch
        {
            DuckDbStore embedded => new DuckDbQuery(embedded, hiddenTables),
            PostgresStore server => new PostgresQuery(server, hiddenTables),
            _ => throw new NotSupportedException($"{store.Description} does not take queries."),
        };

    /// <summary>Checks and runs the statement.</summary>
    public abstract Task<QueryRows> RunAsync(string sql, QueryLimits limits, WithheldColumns withheld, CancellationToken cancellationToken);

    /// <summary>Whether an error only says that the statement was stopped.</summary>
    public abstract bool IsStop(DbException error);

    /// <summary>
    /// EXPLAIN is taken only where the text begins with it: a comment before it would have to be read as the engine reads it.
    /// </summary>
    protected static (string Explain, string Body) Explained(string sql)
    {
        var rest = sql.AsSpan().TrimStart(Blanks);
        if (!TakeWord(ref rest, "EXPLAIN"))
        {
            return ("", sql);
        }

        return TakeWord(ref rest, "ANALYZE") ? ("EXPLAIN ANALYZE ", rest.ToString()) : ("EXPLAIN ", rest.ToString());
    }

    /// <summary>Takes a word and the blanks behind it off a text, where it begins with them.</summary>
    private static bool TakeWord(ref ReadOnlySpan<char> text, string word)
    {
        if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase) || text.Length == word.Length || !Blanks.Contains(text[word.Length]))
        {
            return false;
        }

        text = text[word.Length..].TrimStart(Blanks);
        return true;
    }

    /// <summary>What a text begins with, for a sentence about it.</summary>
    public static string WordAt(string text)
    {
        var rest = text.AsSpan().TrimStart(Blanks + "(");
        var end = rest.IndexOfAnyExceptInRange('A', 'z');
        return rest[..(end < 0 ? Math.Min(rest.Length, 30) : Math.Min(end, 30))].ToString();
    }
}
