using System.Globalization;
using System.Runtime.InteropServices;

namespace Tradepost.Benchmarks.Measuring;

/// <summary>Where a measurement was made.</summary>
internal sealed record Machine(string Cpu, int Cores, double MemoryGigabytes, string OperatingSystem, string Kernel)
{
    /// <summary>The CPU's name as a folder's.</summary>
    public string FolderName =>
        string.Join('-', Cpu.ToLowerInvariant().Split([' ', '(', ')', '@', '/', ',', '.'], StringSplitOptions.RemoveEmptyEntries));

    public static Machine Read() =>
        new(
            Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            Environment.ProcessorCount,
            Math.Round(
                double.Parse(Field("/proc/meminfo", "MemTotal")?.Split(' ')[0] ?? "0", CultureInfo.InvariantCulture) / 1024 / 1024,
                1
            ),
            Pretty(),
            RuntimeInformation.OSDescription
        );

    /// <summary>The number of processes that wanted a core in the last minute, on average.</summary>
    public static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string? Field(string file, string name) =>
        File.ReadLines(file)
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim())
            .FirstOrDefault();

    private static string Pretty() =>
        File.ReadLines("/etc/os-release")
            .Where(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
            .Select(line => line["PRETTY_NAME=".Length..].Trim('"'))
            .FirstOrDefault()
        ?? "Linux";
}
