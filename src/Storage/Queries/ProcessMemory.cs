using System.Globalization;

namespace Tradepost.Storage.Queries;

/// <summary>How much memory a process of this machine has for itself.</summary>
internal static class ProcessMemory
{
    /// <summary>Of this process.</summary>
    public static long OfThis() => OperatingSystem.IsLinux() ? Own("/proc/self/statm") ?? Environment.WorkingSet : Environment.WorkingSet;

    /// <summary>Of another process; null where that cannot be known.</summary>
    public static long? Of(int process) => OperatingSystem.IsLinux() ? Own($"/proc/{process}/statm") : null;

    // Pages in all, resident, and shared with others, which a database's cache is.
    private static long? Own(string path)
    {
        try
        {
            var pages = File.ReadAllText(path).Split(' ');
            return (long.Parse(pages[1], CultureInfo.InvariantCulture) - long.Parse(pages[2], CultureInfo.InvariantCulture))
                * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended
        }
    }
}
