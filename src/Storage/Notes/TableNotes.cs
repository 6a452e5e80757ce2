using System.Collections.Concurrent;

namespace Tradepost.Storage.Notes;

/// <summary>
/// What somebody noted about tables of the embedded store, for as long as nobody writes to these tables: a statement that
/// names one of them and may write ends the note. Whoever notes what it wrote itself does so after its commit.
/// </summary>
public sealed class TableNotes
{
    private readonly ConcurrentDictionary<string, TableNote> notes;

    internal TableNotes(IEnumerable<TableNote> notes) => this.notes = new(notes.Select(note => KeyValuePair.Create(note.Name, note)));

    internal bool IsEmpty => notes.IsEmpty;

    internal IReadOnlyList<TableNote> All => [.. notes.Values];

    /// <summary>The note's text, or null when there is none or somebody may have written to its tables.</summary>
    public string? Find(string name) => notes.GetValueOrDefault(name)?.Text;

    public void Keep(string name, IReadOnlyList<string> tables, string text) => notes[name] = new TableNote(name, tables, text);

    /// <summary>Ends the notes about tables whose names occur in a text, as whatever they occur.</summary>
    internal void EndThoseNamedIn(string text)
    {
        foreach (var note in notes.Values.Where(note => note.Tables.Any(table => text.Contains(table, StringComparison.OrdinalIgnoreCase))))
        {
            notes.TryRemove(note.Name, out _);
        }
    }

    internal void EndAll() => notes.Clear();
}
