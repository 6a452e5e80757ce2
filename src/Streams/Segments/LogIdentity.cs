using Tradepost.Storage;

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
        SafeFile.Replace(path, identity.ToString());
        return identity;
    }
}
