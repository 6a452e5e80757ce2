using Tradepost.Trading.Tests.Collecting;
using Tradepost.Trading.Tests.Importing;

namespace Tradepost.Trading.Tests;

/// <summary>Runs the tests, or a collector in a process of its own.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (await CollectingProcess.RunIfAskedAsync() || await ImportingProcess.RunIfAskedAsync())
        {
            return 0;
        }

        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
