using System.Runtime.Versioning;

namespace Tradepost.App.Modes;

/// <summary>Reads and narrows modes, and never through a symbolic link: what that points to belongs to somebody else.</summary>
[UnsupportedOSPlatform("windows")]
internal static class FileModes
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    /// <summary>The entry when others have rights to it; null when they have none, and when there is no such thing.</summary>
    public static OpenEntry? FindOpen(FileSystemInfo entry, UnixFileMode allowed = UnixFileMode.None)
    {
        try
        {
            entry.Refresh();
            return entry.Exists && entry.LinkTarget is null && (entry.UnixFileMode & Others & ~allowed) != UnixFileMode.None
                ? new OpenEntry(entry.FullName, entry.UnixFileMode)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has gone meanwhile, or this user may not even look at it
        }
    }

    /// <summary>Takes everybody else's rights to the entry, if this user may; says whether there were any.</summary>
    public static bool Narrow(FileSystemInfo entry, UnixFileMode allowed = UnixFileMode.None)
    {
        if (FindOpen(entry, allowed) is not { } open)
        {
            return false;
        }

        try
        {
            File.SetUnixFileMode(open.Path, open.Mode & (~Others | allowed));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else's: only its owner can close it, and `doctor` says that it is open.
        }

        return true;
    }
}

/// <summary>A file or folder whose mode gives rights to other users of the machine.</summary>
internal sealed record OpenEntry(string Path, UnixFileMode Mode)
{
    /// <summary>As <c>chmod</c> and <c>stat</c> spell it: 0644.</summary>
    public string Octal => "0" + Convert.ToString((int)Mode, toBase: 8).PadLeft(3, '0');
}
