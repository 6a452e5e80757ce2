namespace Tradepost.Serving.Commands.Output;

/// <summary>TRADEPOST_DEBUG=1 shows logs and stacks on standard error.</summary>
internal static class Debugging
{
    private static readonly AsyncLocal<bool?> OfCall = new();

    /// <summary>As the process was told, or as the call from another process that is being worked on here.</summary>
    public static bool IsOn => OfCall.Value ?? Environment.GetEnvironmentVariable("TRADEPOST_DEBUG") == "1";

    /// <summary>For what the current asynchronous call does from here on.</summary>
    public static void Set(bool isOn) => OfCall.Value = isOn;
}
