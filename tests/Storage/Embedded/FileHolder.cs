using System.Diagnostics;
using System.IO.Pipes;

namespace Tradepost.Storage.Tests.Embedded;

/// <summary>Another process that has a database file open: this test program with the one explicit test that waits.</summary>
public sealed class FileHolder : IDisposable
{
    private const string FileVariable = "DUCKDB_TEST_FILE";
    private const string PipeVariable = "DUCKDB_TEST_PIPE";
    private readonly Process process;
    private readonly NamedPipeServerStream pipe;

    private FileHolder(Process process, NamedPipeServerStream pipe)
    {
        this.process = process;
        this.pipe = pipe;
    }

    public int ProcessId => process.Id;

    public static async Task<FileHolder> StartAsync(string file, CancellationToken cancellationToken)
    {
        var name = $"duckdb-{Guid.NewGuid():N}";
        var server = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        var start = new ProcessStartInfo(
            "dotnet",
            [
                typeof(FileHolder).Assembly.Location,
                "-method",
                $"{typeof(FileHolderProcess).FullName}.{nameof(FileHolderProcess.Hold_the_file)}",
                "-explicit",
                "only",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [FileVariable] = file, [PipeVariable] = name },
        };
        var child = Process.Start(start)!;
        // The connection comes once the file is open; a child that failed instead ends the wait.
        var connected = server.WaitForConnectionAsync(cancellationToken);
        var exited = child.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(connected, exited) == exited)
        {
            throw new InvalidOperationException(await child.StandardOutput.ReadToEndAsync(cancellationToken));
        }

        return new FileHolder(child, server);
    }

    public void Dispose()
    {
        pipe.Dispose();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>The child's side.</summary>
    public sealed class FileHolderProcess
    {
        [Fact(Explicit = true)]
        public async Task Hold_the_file()
        {
            await using var connection = Db.Open(Environment.GetEnvironmentVariable(FileVariable)!);
            await using var pipe = new NamedPipeClientStream(".", Environment.GetEnvironmentVariable(PipeVariable)!, PipeDirection.InOut);
            await pipe.ConnectAsync(TestContext.Current.CancellationToken);
            pipe.ReadByte().ShouldBe(-1);
        }
    }
}
