namespace Tradepost.App.Cli;

/// <summary>TRADEPOST_DEBUG=1 shows logs and stacks on standard error.</summary>
internal static class Debugging
{
    public static bool IsOn => Environment.GetEnvironmentVariable("TRADEPOST_DEBUG") == "1";
}
