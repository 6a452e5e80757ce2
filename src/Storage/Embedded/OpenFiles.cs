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

    private static readonly StringComparison Paths = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Opens one connection more; the first one also sets what holds for all of them.</summary>
    public static void Open(string path, string settings, Action open, Action atFirst)
    {
        var file = Files.GetOrAdd(path, static _ => new OpenFile());
        lock (file.Guard)
        {
            if (file.Connections > 0 && (file.Settings != settings || !file.Path.Equals(path, Paths)))
            {
                throw new EmbeddedException($"'{path}' is already open in this process with other settings ({file.Path}: {file.Settings}); open it with the same ones (asked for: {settings}) or close it first.", DuckDBErrorType.Connection);
            }

            open();
            file.Connections++;
            if (file.Connections == 1)
            {
                (file.Path, file.Settings) = (path, settings);
                atFirst();
            }
        }
    }

    public static void Close(string path, Action close)
    {
        var file = Files[path];
        lock (file.Guard)
        {
            file.Connections--;
            close();
        }
    }

    private sealed class OpenFile
    {
        public Lock Guard { get; } = new();

        public int Connections { get; set; }

        public string Path { get; set; } = "";

        public string Settings { get; set; } = "";
    }
}
