using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>Seeds for everything random in a training, each from what it is for alone: a resumed training draws the same.</summary>
internal static class Keys
{
    public static ulong Of(long seed, params ReadOnlySpan<long> purpose)
    {
        var key = Mix(unchecked((ulong)seed));
        foreach (var part in purpose)
        {
            key = Mix(key ^ unchecked((ulong)part));
        }

        return key;
    }

    public static RandomStream Stream(long seed, params ReadOnlySpan<long> purpose) => new(unchecked((long)Of(seed, purpose)));

    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9e3779b97f4a7c15;
            x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
            x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
            return x ^ (x >> 31);
        }
    }
}
