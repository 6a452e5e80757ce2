using Tradepost.Advertising.Tests.Events;

namespace Tradepost.Advertising.Tests;

/// <summary>Runs the tests, or a process that counts events until it is killed.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (await CountingProcess.RunIfAskedAsync())
        {
            return 0;
        }

        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
