using Tradepost.Arguments;

namespace Tradepost.Jobs;

/// <summary>
/// Where the files may lie that arguments from elsewhere name: inside one folder, whatever symbolic links and <c>..</c> make of a
/// path, and not among the program's own: a store, keys, logs and backups hold what no role may read. The refusal does not tell
/// whether there is such a file.
/// </summary>
/// <param name="folder">The folder; relative paths start from it.</param>
/// <param name="store">The file of an embedded store, wherever it lies.</param>
/// <param name="ownFolders">Folders inside it, relative to it, that are the program's own beside those of the platform.</param>
internal sealed class PathScope(string folder, string? store = null, IReadOnlyList<string>? ownFolders = null)
{
    private static readonly string[] OwnFolders = ["backups", "logs", "secrets", "servers"];

    private const int MostLinks = 40;

    /// <summary>Makes each path among a job's arguments absolute.</summary>
    /// <exception cref="WrongArgumentException">A path leads out of the folder.</exception>
    public void Confine(ArgumentReader schema, object arguments)
    {
        foreach (var argument in schema.All.Where(argument => argument.IsPath))
        {
            argument.MapText(arguments, path =>
                Find(path)
                ?? throw new WrongArgumentException(
                    argument.Key,
                    $"{argument.Key} is \"{path}\"; allowed are paths inside the data folder of the server, absolute or relative to it."
                )
            );
        }
    }

    /// <summary>The absolute path with all links followed, or null when it lies elsewhere.</summary>
    public string? Find(string path)
    {
        var top = Resolve(Path.GetFullPath(folder));
        return
            !path.Contains('\0', StringComparison.Ordinal)
            && Resolve(Path.Combine(folder, path)) is { } real
            && real.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !IsOwn(real, Path.GetRelativePath(top!, real))
            ? real
            : null;
    }

    // The store with its log and temporary files, its socket and what else is named after it, and embedded sources.
    private bool IsOwn(string real, string relative) =>
        relative.StartsWith("tradepost.", StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(relative).Contains(".duckdb", StringComparison.OrdinalIgnoreCase)
        || relative.Contains(".duckdb.tmp/", StringComparison.OrdinalIgnoreCase)
        || (store is not null && Resolve(Path.GetFullPath(store)) is { } file && real.StartsWith(file, StringComparison.Ordinal))
        || OwnFolders
            .Concat(ownFolders ?? [])
            .Any(own => relative == own || relative.StartsWith(own + "/", StringComparison.OrdinalIgnoreCase));

    // Part by part, as the system walks: ".." behind a link leaves what the link points to. Null when links lead in circles.
    private static string? Resolve(string path)
    {
        var root = Path.GetPathRoot(path)!; // an absolute path has one
        var open = new Stack<string>(Parts(path[root.Length..]));
        var (real, links) = (root, 0);
        while (open.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }

            var next = Path.Combine(real, part);
            if (TargetOf(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                root = Path.GetPathRoot(target)!;
                (real, target) = (root, target[root.Length..]);
            }

            foreach (var linked in Parts(target))
            {
                open.Push(linked);
            }
        }

        return real;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // what cannot be looked at is taken for no link: whoever opens the file is refused as well
        }
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse();
}
