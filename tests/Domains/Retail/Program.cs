using Tradepost.Retail.Tests.Etl;

namespace Tradepost.Retail.Tests;

/// <summary>Runs the tests, or one ETL for a test that wants it in a process of its own.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (await EtlProcess.RunIfAskedAsync() is { } exitCode)
        {
            return exitCode;
        }

        // What xunit generates where a test project has no program of its own.
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
