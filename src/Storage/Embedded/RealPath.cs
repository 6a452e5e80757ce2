namespace Tradepost.Storage.Embedded;

/// <summary>One spelling for one file: absolute, and without symbolic links on the way.</summary>
internal static class RealPath
{
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full) ?? "";
        foreach (var part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            var entry = new FileInfo(real);
            if (entry.LinkTarget is not null)
            {
                real = entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
            }
        }

        return real;
    }
}
