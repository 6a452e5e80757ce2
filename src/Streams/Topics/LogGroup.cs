using System.Globalization;
using Tradepost.Storage;

namespace Tradepost.Streams.Topics;

/// <summary>How far a group is in a log, kept in a file beside it, and whose turn it is to read.</summary>
internal sealed class LogGroup : IDisposable
{
    private const string Extension = ".group";

    private readonly string path;
    private readonly DurableLog log;
    private readonly string name;

    public LogGroup(string folder, string name, DurableLog log)
    {
        (path, this.log, this.name) = (Path.Combine(folder, name + Extension), log, name);
        var known = File.Exists(path) ? long.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture) : log.First;
        Committed = known >= log.First && known <= log.Next ? known : log.First;
        Save();
        log.Read(name, Committed).Dispose();
    }

    /// <summary>Held by the member that reads.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The position before which everything is done with.</summary>
    public long Committed { get; private set; }

    public static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*" + Extension).Select(path => Path.GetFileNameWithoutExtension(path)!);

    public LogReader Read() => log.Read(name, Committed);

    public void Commit(LogReader reader, long position)
    {
        Committed = position;
        Save();
        reader.Release(position);
    }

    /// <summary>Forgets how far the group is: the log keeps nothing for it any more.</summary>
    public void Forget()
    {
        File.Delete(path);
        log.Forget(name);
    }

    public void Dispose() => Turn.Dispose();

    private void Save() => SafeFile.Replace(path, Committed.ToString());
}
