namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Gradient, signed, in the upper half of a word and second derivative, at least 0, in the lower. Sums of words are words of sums while
/// both stay within 31 bits.
/// </summary>
internal static class PackedSum
{
    public static long Of(int gradient, uint second) => ((long)gradient << 32) + second;

    public static double Gradient(long sum) => (int)(sum >> 32);

    public static double Second(long sum) => (uint)sum;
}
