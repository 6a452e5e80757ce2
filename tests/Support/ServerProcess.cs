using System.Diagnostics;

namespace Tradepost.Tests.Support;

/// <summary>
/// A server in a folder of its own that does not outlive the test process, however that ends: a shell beside it reads a
/// pipe from here, and when the pipe closes it stops the server and deletes the folder.
/// </summary>
internal sealed class ServerProcess
{
    private const string Watchdog = """
        folder=$1 signal=$2; shift 2
        exec 3<&0 >>"$folder/log" 2>&1
        "$@" </dev/null &
        server=$!
        ( cat <&3 >/dev/null; kill -"$signal" "$server" ) &
        wait "$server"
        [ -e "$folder/keep" ] || rm -rf "$folder"
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string folder;
    private readonly Process process;

    private ServerProcess(string folder, Process process)
    {
        this.folder = folder;
        this.process = process;
    }

    /// <summary>Whether this process is root, whom PostgreSQL refuses to serve.</summary>
    public static bool IsRoot => Environment.UserName == "root";

    private string Keep => Path.Combine(folder, "keep");

    /// <summary>Starts the command and waits until a try to connect succeeds.</summary>
    public static async Task<ServerProcess> StartAsync(string folder, string stopSignal, IEnumerable<string> command, Func<Task> connect)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Watchdog, "watchdog", folder, stopSignal, .. command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
            Environment = { ["LC_ALL"] = "C.UTF-8" },
        };
        File.Delete(Path.Combine(folder, "keep"));
        var server = new ServerProcess(folder, Process.Start(start) ?? throw new InvalidOperationException("setsid did not start."));
        await server.WaitUntilReadyAsync(connect).ConfigureAwait(false);
        return server;
    }

    /// <summary>Stops the server; the folder goes with it unless it is to be started again.</summary>
    public async Task StopAsync(bool keepFolder)
    {
        if (keepFolder)
        {
            await File.WriteAllTextAsync(Keep, "").ConfigureAwait(false);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync().ConfigureAwait(false);
        process.Dispose();
    }

    /// <summary>Kills the server, of which only the data stay for a new start.</summary>
    /// <param name="id">The server's own process, which is a child of the one started here.</param>
    public async Task KillAsync(int id)
    {
        await File.WriteAllTextAsync(Keep, "").ConfigureAwait(false);
        using (var server = Process.GetProcessById(id))
        {
            server.Kill();
        }

        await StopAsync(keepFolder: true).ConfigureAwait(false);
    }

    private async Task WaitUntilReadyAsync(Func<Task> connect)
    {
        var started = Stopwatch.GetTimestamp();
        await File.WriteAllTextAsync(Keep, "").ConfigureAwait(false); // the log is wanted when the server dies at once
        while (true)
        {
            try
            {
                await connect().ConfigureAwait(false);
                File.Delete(Keep);
                return;
            }
            catch (Exception) when (!process.HasExited && Stopwatch.GetElapsedTime(started) < StartLimit)
            {
                await Task.Delay(25).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                var log = await File.ReadAllTextAsync(Path.Combine(folder, "log")).ConfigureAwait(false);
                process.StandardInput.Close();
                await process.WaitForExitAsync().ConfigureAwait(false);
                Directory.Delete(folder, recursive: true);
                throw new InvalidOperationException($"The server in {folder} did not come up: {e.Message}\n{log}", e);
            }
        }
    }
}
