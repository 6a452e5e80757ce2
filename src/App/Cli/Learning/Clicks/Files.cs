namespace Tradepost.App.Cli.Learning.Clicks;

/// <summary>Files that are there whole or not at all.</summary>
internal static class Files
{
    /// <summary>Writes beside the file and then puts that in its place: whoever is interrupted keeps the old one.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        var draft = path + ".new";
        using (var stream = File.Create(draft))
        {
            write(stream);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
