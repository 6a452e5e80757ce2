using System.Text;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;

namespace Tradepost.App.Learning;

/// <summary>
/// The files that a command leaves: all of them, each whole, or none. They are written beside their places and then put there.
/// </summary>
internal sealed class OutputFiles
{
    private readonly List<(string Path, Action<Stream> Write)> files = [];

    /// <summary>Refuses places that cannot be written before the work begins.</summary>
    /// <param name="places">An option and the path that it has, if any.</param>
    public static void Check(params ReadOnlySpan<(string Option, string? Path)> places)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (option, path) in places)
        {
            if (path is null)
            {
                continue;
            }

            var full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                throw new UsageException($"{option} is {path}, which is a folder; expected is a file.");
            }

            if (!Directory.Exists(Path.GetDirectoryName(full)))
            {
                throw new UsageException($"{option} is {path}, and there is no folder {Path.GetDirectoryName(full)}.");
            }

            if (!taken.TryAdd(full, option))
            {
                throw new UsageException($"{taken[full]} and {option} are both {path}; expected are two files.");
            }
        }
    }

    /// <summary>Writes beside one file and then puts that in its place: whoever is interrupted keeps the old one.</summary>
    public static void Replace(string path, Action<Stream> write, CancellationToken cancellationToken)
    {
        var only = new OutputFiles();
        only.Add(path, write);
        only.Write(cancellationToken);
    }

    public void Add(string? path, Func<string> text) => Add(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            writer.Write(text());
        });

    public void Add(string? path, Action<Stream> write)
    {
        if (path is not null)
        {
            files.Add((path, write));
        }
    }

    /// <summary>Writes them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first was in its place; none is there.</exception>
    public void Write(CancellationToken cancellationToken)
    {
        var drafts = new List<(string Draft, string Target)>();
        try
        {
            foreach (var (path, write) in files.OrderBy(file => IsDevice(file.Path)))
            {
                if (IsDevice(path) || !TryDraft(path, stream => write(new StoppableStream(stream, cancellationToken)), drafts))
                {
                    Try(path, () => Straight(path, stream => write(new StoppableStream(stream, cancellationToken))));
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (draft, target) in drafts)
            {
                Try(target, () => File.Move(draft, target, overwrite: true));
            }
        }
        catch
        {
            foreach (var (draft, _) in drafts.Where(one => File.Exists(one.Draft)))
            {
                File.Delete(draft);
            }

            throw;
        }
    }

    /// <summary>Writes beside the place of a file; false when it is a pipe.</summary>
    private static bool TryDraft(string path, Action<Stream> write, List<(string Draft, string Target)> drafts)
    {
        // A link stays one.
        var target = new FileInfo(path).LinkTarget is null
            ? Path.GetFullPath(path)
            : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (File.Exists(target) && new FileInfo(target).Length == 0 && IsPipe(target))
        {
            return false;
        }

        var draft = SafeFile.Beside(target);
        drafts.Add((draft, target));
        Try(path, () =>
        {
            SafeFile.Write(draft, write);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
            }
        });
        return true;
    }

    private static void Straight(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        write(stream);
    }

    private static void Try(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(path, e);
        }
    }

    // Shared memory has files like any other folder.
    private static bool IsDevice(string path) =>
        Path.GetFullPath(path) is var full
        && (
            (full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal))
            || full.StartsWith("/proc/", StringComparison.Ordinal)
        );

    /// <summary>Whether an empty file is a pipe: to look, it has to be opened for reading without waiting for whoever writes.</summary>
    private static bool IsPipe(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return !stream.CanSeek;
    }
}
