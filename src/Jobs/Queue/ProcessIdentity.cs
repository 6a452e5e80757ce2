using System.Globalization;

namespace Tradepost.Jobs.Queue;

/// <summary>
/// Names of workers that say which process they live in, so that a process on the same machine can tell that one is gone
/// without waiting for its lease. Elsewhere than on Linux only the lease tells.
/// </summary>
internal static class ProcessIdentity
{
    private const char Separator = '|';
    private static readonly string Machine = $"{Environment.MachineName}{Separator}{ReadMachine()}";
    private static int workers;

    /// <summary>machine|boot and process namespace|process id|start of the process</summary>
    public static string Process { get; } =
        $"{Machine}{Separator}{Environment.ProcessId}{Separator}{StartOf(Environment.ProcessId) ?? ReadStart()}";

    public static string NewWorkerName() => $"{Process}{Separator}{Interlocked.Increment(ref workers)}";

    /// <summary>As people read it: the machine and the process id.</summary>
    public static string Show(string worker) =>
        worker.Split(Separator) is [var machine, _, var process, _, ..] ? $"{machine}:{process}" : worker;

    /// <summary>Whether a worker certainly runs no longer: its process was on this machine and is gone.</summary>
    public static bool IsKnownDead(string worker) =>
        worker.Split(Separator) is [var name, var boot, var process, var start, ..]
        && $"{name}{Separator}{boot}" == Machine
        && boot.Length > 0
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && StartOf(id) != start;

    private static string ReadMachine()
    {
        const string boot = "/proc/sys/kernel/random/boot_id";
        return File.Exists(boot) && new FileInfo("/proc/self/ns/pid").LinkTarget is { } scope
            ? $"{File.ReadAllText(boot).Trim()}{scope}"
            : "";
    }

    // Fields 3 and 22 of /proc/PID/stat, counted behind the name, which may itself hold blanks: state and start.
    private static string? StartOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : fields[19];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ReadStart()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.StartTime.Ticks.ToString();
    }
}
