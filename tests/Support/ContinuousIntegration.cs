namespace Tradepost.Tests.Support;

/// <summary>Whether a test that cannot get what it needs fails (CI=true) or is skipped.</summary>
public static class ContinuousIntegration
{
    public static bool IsOn => Environment.GetEnvironmentVariable("CI") == "true";
}
