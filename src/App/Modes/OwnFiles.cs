using System.Runtime.Versioning;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Modes;

/// <summary>
/// What lies on the disk of an installation, and who may open it. The umask sees to what is created; this closes what an older
/// version, a copy or an unpacked archive left open.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class OwnFiles
{
    /// <summary>
    /// The local servers' folder in the data folder: <c>scripts/servers.sh</c> sees to its modes, for other users work in it.
    /// </summary>
    public const string Servers = "servers";

    private static readonly string[] Known =
    [
        "tradepost",
        "demo",
        "backups",
        "logs",
        "verify_",
        .. Domains.All.Select(domain => domain.Name),
    ];
    private static readonly string[] Companions = [".wal", ".tmp", ".notes", ".backup", ".restore"];

    private readonly DirectoryInfo folder;
    private readonly string? store;

    private OwnFiles(string folder, string? store)
    {
        this.folder = new DirectoryInfo(folder);
        this.store = store;
    }

    /// <summary>The files of an installation with these settings.</summary>
    public static OwnFiles Of(Settings settings) => new(settings.DataFolder, StoreOf(settings));

    /// <summary>Closes what is open to others: the data folder and what is in it, and the embedded store where it lies elsewhere.</summary>
    public void Narrow()
    {
        if (folder.Exists)
        {
            var isShared = IsShared();
            var wasOpen = !isShared && FileModes.Narrow(folder, Passage);
            foreach (var entry in Entries(folder).Where(entry => entry.Name != Servers && (!isShared || IsKnown(entry))))
            {
                Narrow(entry, wasOpen || isShared);
            }
        }

        foreach (var entry in StoreElsewhere())
        {
            Narrow(entry, isDeep: true);
        }
    }

    /// <summary>What is open to others although it should not be, outermost first.</summary>
    public IEnumerable<OpenEntry> FindOpen()
    {
        var isShared = folder.Exists && IsShared();
        IEnumerable<FileSystemInfo> below = folder.Exists
            ? [.. Entries(folder).Where(entry => entry.Name != Servers && (!isShared || IsKnown(entry))).SelectMany(Below)]
            : [];
        return below
            .Concat(StoreElsewhere().SelectMany(Below))
            .Select(entry => FileModes.FindOpen(entry))
            .Prepend(FileModes.FindOpen(folder, Passage))
            .OfType<OpenEntry>();
    }

    // PostgreSQL does not run as root: its user passes through the folder above the servers' own, and can list nothing there.
    private UnixFileMode Passage =>
        Environment.IsPrivilegedProcess && Directory.Exists(Path.Combine(folder.FullName, Servers))
            ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute
            : UnixFileMode.None;

    /// <summary>A folder that was closed hides what is in it, so that one look at it is enough.</summary>
    private static void Narrow(FileSystemInfo entry, bool isDeep)
    {
        if ((FileModes.Narrow(entry) || isDeep) && entry is DirectoryInfo { LinkTarget: null } inner)
        {
            foreach (var below in Entries(inner))
            {
                Narrow(below, isDeep: true);
            }
        }
    }

    private static IEnumerable<FileSystemInfo> Below(FileSystemInfo entry) =>
        entry is DirectoryInfo { LinkTarget: null } inner ? Entries(inner).SelectMany(Below).Prepend(entry) : [entry];

    private static FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return folder.GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // it has gone meanwhile, or it is closed to this user as well
        }
    }

    /// <summary>
    /// Whether the data folder is one that others have to enter, or that holds more than Tradepost's: the root, a home, a folder
    /// for everybody, a repository, or one just below the root with other things in it. Then only Tradepost's own names are closed.
    /// </summary>
    private bool IsShared() =>
        folder.Parent is null
        || folder.FullName == Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
        || (folder.UnixFileMode & UnixFileMode.StickyBit) != UnixFileMode.None
        || Path.Exists(Path.Combine(folder.FullName, ".git"))
        || (folder.Parent.Parent is null && Entries(folder).Any(entry => entry.Name != Servers && !IsKnown(entry)));

    private static bool IsKnown(FileSystemInfo entry) => Known.Any(name => entry.Name.StartsWith(name, StringComparison.Ordinal));

    private IEnumerable<FileSystemInfo> StoreElsewhere() =>
        store is null || store.StartsWith(folder.FullName + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? []
            : Companions
                .Select(ending => store + ending)
                .Append(Path.ChangeExtension(store, ".sock"))
                .Prepend(store)
                .Where(Path.Exists)
                .Select(path => Directory.Exists(path) ? (FileSystemInfo)new DirectoryInfo(path) : new FileInfo(path));

    private static string? StoreOf(Settings settings)
    {
        try
        {
            return (settings.Store as EmbeddedTarget)?.Path;
        }
        catch (ConfigurationException)
        {
            return null; // whoever opens the store says what is wrong
        }
    }
}
