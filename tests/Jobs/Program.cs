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

        // What xunit generates where a test project has no program of its own.
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
