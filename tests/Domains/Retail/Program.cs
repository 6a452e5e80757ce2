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

        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
