using System.Globalization;

namespace Tradepost.Streams.Segments;

/// <summary>A file of the log, named after the position of its first record.</summary>
internal sealed record SegmentFile(string Path, long First)
{
    private const string Extension = ".log";

    public static string NameOf(long first) => first.ToString("D20") + Extension;

    /// <summary>All segments of a folder, the oldest first.</summary>
    public static List<SegmentFile> In(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*" + Extension)
                .Select(path =>
                    long.TryParse(
                        System.IO.Path.GetFileNameWithoutExtension(path),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var first
                    )
                        ? new SegmentFile(path, first)
                        : null
                )
                .OfType<SegmentFile>()
                .OrderBy(segment => segment.First),
        ];
}
