using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tradepost.Tests.Support;

namespace Tradepost.Trading.Tests;

/// <summary>A recording of an exchange's frames in ../shared/data: local time in nanoseconds, a blank, the frame.</summary>
internal static class Capture
{
    public static IEnumerable<(long LocalTimestamp, byte[] Frame)> Read(string name)
    {
        using var file = new GZipStream(File.OpenRead(SharedData.Path($"data/trading/captures/{name}.gz")), CompressionMode.Decompress);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (
                long.Parse(line.AsSpan(0, blank), CultureInfo.InvariantCulture) / 1000,
                Encoding.UTF8.GetBytes(line[(blank + 1)..])
            );
        }
    }
}
