namespace Tradepost.Jobs;

/// <summary>
/// Where the files may lie that arguments from elsewhere name: inside one folder, whatever symbolic links and <c>..</c> make of a
/// path. The refusal does not tell whether there is such a file.
/// </summary>
/// <param name="folder">The folder; relative paths start from it.</param>
internal sealed class PathScope(string folder)
{
    private const int MostLinks = 40;

    /// <summary>Makes each path among a job's arguments absolute.</summary>
    /// <exception cref="JobArgumentException">A path leads out of the folder.</exception>
    public void Confine(JobArguments schema, object arguments)
    {
        foreach (var argument in schema.All.Where(argument => argument.IsPath))
        {
            argument.MapText(arguments, path => Find(path) ?? throw new JobArgumentException(
                argument.Key, $"{argument.Key} is \"{path}\"; allowed are paths inside the data folder of the server, absolute or relative to it."));
        }
    }

    /// <summary>The absolute path with all links followed, or null when it lies elsewhere.</summary>
    public string? Find(string path)
    {
        var top = Resolve(Path.GetFullPath(folder));
        return !path.Contains('\0', StringComparison.Ordinal)
            && Resolve(Path.Combine(folder, path)) is { } real && real.StartsWith(top + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? real
            : null;
    }

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
