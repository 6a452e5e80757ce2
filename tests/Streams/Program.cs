namespace Tradepost.Streams.Tests;

/// <summary>Runs the tests, or a process that writes to a log until it is killed.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (await WritingProcess.RunIfAskedAsync())
        {
            return 0;
        }

        return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
    }
}
