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

        // What xunit generates where a test project has no program of its own.
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
