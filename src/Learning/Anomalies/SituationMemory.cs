using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Anomalies;

/// <summary>
/// A bounded memory of situations (points of a few features). A situation farther than the vigilance from all known ones is remembered in
/// its turn, and its distance is its novelty: adaptive resonance with a leader rule (S. Grossberg, Adaptive resonance theory, 2013; J.
/// Hartigan, Clustering Algorithms, 1975). Distance is the greatest difference in a feature, as a share of that feature's scale.
/// </summary>
internal sealed class SituationMemory
{
    /// <summary>How many features a situation has.</summary>
    public const int Features = 5;

    private const float Far = 1e30f;
    private const float Greatest = 4;
    private static readonly int Lanes = Vector512<float>.Count;

    private readonly int capacity;
    private readonly float vigilance;
    private readonly float[] known; // feature by feature
    private readonly int[] lastMet;
    private long count;
    private int clock;

    public SituationMemory(int capacity, double vigilance)
    {
        (this.capacity, this.vigilance) = (capacity, (float)vigilance);
        known = new float[Features * capacity];
        known.AsSpan().Fill(Far);
        lastMet = new int[capacity];
    }

    /// <summary>The feature that made the distance of the last situation; -1 when it was a known one.</summary>
    public int Cause { get; private set; } = -1;

    /// <summary>The distance to the nearest known situation, at most 4; then knows this one.</summary>
    /// <param name="situation">A value for each feature.</param>
    /// <param name="weights">One over the scale of each feature.</param>
    public float Meet(ReadOnlySpan<float> situation, ReadOnlySpan<float> weights)
    {
        Tick();
        if (count == 0)
        {
            Remember(situation);
            return 0;
        }

        var (nearest, distance) = Nearest(situation, weights);
        if (distance <= vigilance)
        {
            lastMet[nearest] = clock;
            Cause = -1;
            return distance;
        }

        Cause = Farthest(nearest, situation, weights);
        Remember(situation);
        return Math.Min(distance, Greatest);
    }

    public void Exchange(StateStream state)
    {
        state.Exchange(known);
        state.Exchange(lastMet);
        state.Exchange(ref count);
        state.Exchange(ref clock);
        StateStream.Check(count, 0, capacity);
    }

    private (int Index, float Distance) Nearest(ReadOnlySpan<float> situation, ReadOnlySpan<float> weights)
    {
        ref var row = ref MemoryMarshal.GetArrayDataReference(known);
        var (s0, s1, s2, s3, s4) = (
            Vector512.Create(situation[0]),
            Vector512.Create(situation[1]),
            Vector512.Create(situation[2]),
            Vector512.Create(situation[3]),
            Vector512.Create(situation[4])
        );
        var (w0, w1, w2, w3, w4) = (
            Vector512.Create(weights[0]),
            Vector512.Create(weights[1]),
            Vector512.Create(weights[2]),
            Vector512.Create(weights[3]),
            Vector512.Create(weights[4])
        );
        var least = Vector512.Create(Far);
        var indices = Vector512<int>.Zero;
        for (var p = 0; p < count; p += Lanes)
        {
            ref var block = ref Unsafe.Add(ref row, p);
            var d0 = Vector512.Abs(Vector512.LoadUnsafe(ref block) - s0) * w0;
            var d1 = Vector512.Abs(Vector512.LoadUnsafe(ref block, (nuint)capacity) - s1) * w1;
            var d2 = Vector512.Abs(Vector512.LoadUnsafe(ref block, (nuint)(2 * capacity)) - s2) * w2;
            var d3 = Vector512.Abs(Vector512.LoadUnsafe(ref block, (nuint)(3 * capacity)) - s3) * w3;
            var d4 = Vector512.Abs(Vector512.LoadUnsafe(ref block, (nuint)(4 * capacity)) - s4) * w4;
            var farthest = Vector512.MaxNative(Vector512.MaxNative(Vector512.MaxNative(d0, d1), Vector512.MaxNative(d2, d3)), d4);
            var isLess = Vector512.LessThan(farthest, least);
            least = Vector512.ConditionalSelect(isLess, farthest, least);
            indices = Vector512.ConditionalSelect(isLess.AsInt32(), Vector512.Create(p), indices);
        }

        // Of equal distances the one in the lowest lane.
        var half = Vector256.MinNative(least.GetLower(), least.GetUpper());
        var quarter = Vector128.MinNative(half.GetLower(), half.GetUpper());
        var distance = Math.Min(Math.Min(quarter[0], quarter[1]), Math.Min(quarter[2], quarter[3]));
        var lane = BitOperations.TrailingZeroCount(Vector512.Equals(least, Vector512.Create(distance)).ExtractMostSignificantBits());
        return (indices[lane] + lane, distance);
    }

    private int Farthest(int nearest, ReadOnlySpan<float> situation, ReadOnlySpan<float> weights)
    {
        var (feature, greatest) = (0, 0f);
        for (var j = 0; j < Features; j++)
        {
            var distance = Math.Abs(situation[j] - known[(j * capacity) + nearest]) * weights[j];
            (feature, greatest) = distance > greatest ? (j, distance) : (feature, greatest);
        }

        return feature;
    }

    private void Remember(ReadOnlySpan<float> situation)
    {
        var at = count < capacity ? (int)count++ : LongestUnmet();
        for (var j = 0; j < Features; j++)
        {
            known[(j * capacity) + at] = situation[j];
        }

        lastMet[at] = clock;
    }

    private int LongestUnmet()
    {
        var least = int.MaxValue;
        foreach (var met in lastMet)
        {
            least = Math.Min(least, met);
        }

        return Array.IndexOf(lastMet, least);
    }

    /// <summary>Counts the rows; once in two thousand million the times are moved back, which keeps their order.</summary>
    private void Tick()
    {
        if (clock == int.MaxValue)
        {
            var order = lastMet.AsSpan()[..(int)count].ToArray();
            var ranks = order.Distinct().Order().Select((met, rank) => (met, rank)).ToDictionary(pair => pair.met, pair => pair.rank + 1);
            for (var p = 0; p < order.Length; p++)
            {
                lastMet[p] = ranks[order[p]];
            }

            clock = ranks.Count + 1;
        }

        clock++;
    }
}
