namespace Tradepost.Benchmarks.Measuring;

/// <summary>Numbers that are made rather than read, the same on every machine.</summary>
internal static class Numbers
{
    /// <summary>The finalizer of SplitMix64: neighbours in, unrelated numbers out.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
