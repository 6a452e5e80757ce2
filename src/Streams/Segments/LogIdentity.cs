namespace Tradepost.Streams.Segments;

/// <summary>The file that names a log. A log that begins at its first position gets a new name.</summary>
internal static class LogIdentity
{
    private const string FileName = "identity";

    public static Guid Of(string folder, bool isNew)
    {
        var path = Path.Combine(folder, FileName);
        if (!isNew && File.Exists(path) && Guid.TryParse(File.ReadAllText(path), out var known))
        {
            return known;
        }

        var identity = Guid.NewGuid();
        var begun = path + ".new";
        using (var file = File.Create(begun))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(identity.ToString()));
            file.Flush(flushToDisk: true);
        }

        File.Move(begun, path, overwrite: true);
        return identity;
    }
}
