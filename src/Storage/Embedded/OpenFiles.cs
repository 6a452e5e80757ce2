using System.Collections.Concurrent;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// What this process has open. Connections share a database only when their settings are the same: DuckDB.NET would give the second
/// one what the first asked for, a writer for a reader.
/// </summary>
internal static class OpenFiles
{
    // Ignoring case as DuckDB.NET's own list does: two files on a Linux disk whose names differ by nothing else would be one to it.
    private static readonly ConcurrentDictionary<string, OpenFile> Files = new(StringComparer.OrdinalIgnoreCase);

    private static readonly StringComparison Paths = OperatingSystem.IsWindows()
        ? StringComparison.OrdinalIgnoreCase
        : StringComparison.Ordinal;

    /// <summary>Opens one connection more; the first one also sets what holds for all of them.</summary>
    public static void Open(EmbeddedSettings settings, Action open, Action atFirst)
    {
        var file = Files.GetOrAdd(settings.Path, static _ => new OpenFile());
        lock (file.Guard)
        {
            if (file.Opened is { } opened && (opened.Others != settings.Others || !opened.Path.Equals(settings.Path, Paths)))
            {
                throw new EmbeddedException(
                    $"'{settings.Path}' is already open in this process with other settings ({opened.Path}: {opened.Others}); open it "
                        + $"with the same ones (asked for: {settings.Others}) or close it first.",
                    DuckDBErrorType.Connection
                );
            }

            open();
            file.Connections++;
            if (file.Connections == 1)
            {
                file.Opened = settings;
                atFirst();
            }
        }
    }

    public static void Close(EmbeddedSettings settings, Action close)
    {
        var file = Files[settings.Path];
        lock (file.Guard)
        {
            file.Connections--;
            file.Opened = file.Connections == 0 ? null : file.Opened;
            close();
        }
    }

    private sealed class OpenFile
    {
        public Lock Guard { get; } = new();

        public int Connections { get; set; }

        /// <summary>What the first of them asked for; null where none is open.</summary>
        public EmbeddedSettings? Opened { get; set; }
    }
}
