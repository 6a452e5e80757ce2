using Tradepost.Storage.Embedded;

namespace Tradepost.Storage.Notes;

/// <summary>Ends the notes about tables that a connection may have written to.</summary>
internal sealed class WriteWatch(TableNotes notes)
{
    private const int TextsAtMost = 100;

    /// <summary>What may come into force only with a later COMMIT or EXECUTE, after somebody has made a new note.</summary>
    private readonly HashSet<string> pending = new(StringComparer.Ordinal);
    private readonly HashSet<string> prepared = new(StringComparer.Ordinal);

    public void OnExecuted(StatementKind kind, string text)
    {
        switch (kind)
        {
            case StatementKind.Reads:
                return;
            case StatementKind.Transacts:
                End(pending);
                pending.Clear();
                break;
            case StatementKind.Prepares:
                Add(prepared, text);
                break;
            case StatementKind.Executes:
                End(prepared);
                pending.UnionWith(prepared);
                break;
            default:
                Add(pending, text);
                break;
        }

        notes.EndThoseNamedIn(text);
    }

    /// <summary>One text too many stands for all that were not kept.</summary>
    private static void Add(HashSet<string> texts, string text)
    {
        if (texts.Count <= TextsAtMost)
        {
            texts.Add(text);
        }
    }

    private void End(HashSet<string> texts)
    {
        if (texts.Count > TextsAtMost)
        {
            notes.EndAll();
        }

        foreach (var text in texts)
        {
            notes.EndThoseNamedIn(text);
        }
    }
}
