using System.Text;

namespace Tradepost.Storage;

/// <summary>Files that are replaced whole: whoever looks, and a machine that stops, finds the old one or the new one.</summary>
public static class SafeFile
{
    public static void Replace(string path, string text) => Replace(path, file => file.Write(Encoding.UTF8.GetBytes(text)));

    public static void Replace(string path, Action<Stream> write)
    {
        var draft = Beside(path);
        Write(draft, write);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Where a file is written that is to replace one.</summary>
    public static string Beside(string path) => path + ".new";

    /// <summary>Writes a file down to the disk: else a machine that stops may come back with a file of nothing.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = File.Create(path);
        write(file);
        file.Flush(flushToDisk: true);
    }
}
