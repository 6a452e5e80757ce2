using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>A clock for other processes that can be moved while they run, by libfaketime and a file that it reads every second.</summary>
internal sealed class MovableClock
{
    private readonly string file;

    private MovableClock(string library, string file)
    {
        this.file = file;
        Settings = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_CACHE_DURATION"] = "1",

            // What waits does so by the monotonic clock, which a change of the time leaves alone.
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_FORCE_MONOTONIC_FIX"] = "0",
        };
        Move(TimeSpan.Zero);
    }

    /// <summary>What a process needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Null where libfaketime is not installed.</summary>
    public static MovableClock? Find(string folder)
    {
        var library = Directory
            .GetDirectories("/usr/lib")
            .Select(place => Path.Combine(place, "faketime", "libfaketime.so.1"))
            .FirstOrDefault(File.Exists);
        return library is null ? null : new MovableClock(library, Path.Combine(folder, "moved-clock"));
    }

    /// <summary>Puts the clock so far from the machine's.</summary>
    public void Move(TimeSpan by)
    {
        var next = $"{file}.next"; // never half a file
        File.WriteAllText(next, $"{(by < TimeSpan.Zero ? "-" : "+")}{Math.Abs((long)by.TotalSeconds)}s\n");
        File.SetUnixFileMode(next, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.Move(next, file, overwrite: true);
    }

    /// <summary>A PostgreSQL that goes by this clock, at host:port, until what is given back is disposed of.</summary>
    public async Task<ClockedPostgres> StartPostgresAsync(Bench bench, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(bench.Folder, "clocked")).FullName;
        var script = Path.Combine(bench.Root, "benchmarks", "servers.sh");
        var said = await MeasuredProcess.RunAsync(
            script,
            ["postgres", folder],
            Settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value),
            cancellationToken
        );
        return new ClockedPostgres(script, folder, said.Output[(said.Output.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim());
    }
}
