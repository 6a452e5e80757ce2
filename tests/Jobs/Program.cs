using Tradepost.Jobs.Tests.Workers;

namespace Tradepost.Jobs.Tests;

/// <summary>Runs the tests, or one worker for a test that wants it in a process of its own.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (await WorkerProcess.RunIfAskedAsync())
        {
            return 0;
        }

        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
