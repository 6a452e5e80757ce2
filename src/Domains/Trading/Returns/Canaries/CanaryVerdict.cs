namespace Tradepost.Trading.Returns.Canaries;

/// <summary>What a check for leaks says.</summary>
public enum CanaryVerdict
{
    Passed,

    /// <summary>Something was known that could not be: nothing is published.</summary>
    Leak,
}
