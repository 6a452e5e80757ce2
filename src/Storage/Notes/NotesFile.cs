using System.Text.Json;

namespace Tradepost.Storage.Notes;

/// <summary>
/// Keeps notes beside a database file while nobody has it open. They come with the file's length and the time of its last
/// write: when these differ, another program wrote to it, and the notes are worth nothing. They are gone while the file is
/// open, so a process that is killed leaves none. Both methods are called while the database is open, and so locked.
/// </summary>
internal sealed class NotesFile(string databasePath)
{
    private readonly string path = databasePath + ".notes";

    /// <summary>The notes that still hold.</summary>
    public TableNotes Take()
    {
        if (!File.Exists(path))
        {
            return new TableNotes([]);
        }

        var stamp = Stamp();
        var kept = Read();
        File.Delete(path);
        return new TableNotes(stamp is not null && kept?.Stamp == stamp ? kept.Notes : []);
    }

    /// <summary>Keeps the notes of a store that is about to be closed and has written everything to its file.</summary>
    public void Write(TableNotes notes)
    {
        if (Stamp() is { } stamp)
        {
            File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(new Content(stamp, notes.All)));
        }
    }

    private Content? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            return null; // cut off by a crash of the machine
        }
    }

    /// <summary>
    /// Null where it would prove nothing: while a log waits beside the file, and on a file system that keeps whole seconds, in
    /// which another program could write unseen.
    /// </summary>
    private FileStamp? Stamp()
    {
        var file = new FileInfo(databasePath);
        var hasFractions = file.Exists && file.LastWriteTimeUtc.Ticks % TimeSpan.TicksPerSecond != 0;
        return hasFractions && !File.Exists(databasePath + ".wal") ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }

    private sealed record Content(FileStamp Stamp, IReadOnlyList<TableNote> Notes);

    private sealed record FileStamp(long Length, long WrittenAtTicks);
}
