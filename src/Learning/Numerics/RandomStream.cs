using System.Numerics;

namespace Tradepost.Learning.Numerics;

/// <summary>
/// Random numbers that depend on the seed and the stream's number alone. xoshiro256++ 1.0 with SplitMix64 for the seed
/// (D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021); streams are 2¹²⁸ numbers apart.
/// Not for use by several threads at once: give each a stream of its own.
/// </summary>
public sealed class RandomStream
{
    private static readonly ulong[] JumpPolynomial = [0x180ec6d33cfd0aba, 0xd5a61266f0c9392c, 0xa9582618e03fc9aa, 0x39abdc4529b1661c];

    private const double GreatestMean = 1e9;

    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;
    private double spare;
    private bool hasSpare;

    /// <summary>A stream at its beginning.</summary>
    /// <param name="seed">Any number; each gives other streams.</param>
    /// <param name="stream">0 for the first stream of the seed. Getting to stream n takes n jumps, each about a microsecond.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative stream.</exception>
    public RandomStream(long seed, int stream = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stream);
        var state = (ulong)seed;
        (s0, s1, s2, s3) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
        for (var i = 0; i < stream; i++)
        {
            Jump();
        }
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(s0 + s3, 23) + s0;
        Advance();
        return result;
    }

    /// <summary>Uniform on [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform on 0 … <paramref name="bound"/> − 1, without bias (D. Lemire 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound below 1.</exception>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var limit = unchecked((uint)-bound) % (uint)bound;
        while (true)
        {
            var product = (ulong)(uint)(NextBits() >> 32) * (uint)bound;
            if ((uint)product >= limit)
            {
                return (int)(product >> 32);
            }
        }
    }

    /// <summary>Standard normal, by the polar method of G. Marsaglia and T. A. Bray (1964).</summary>
    public double NextNormal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        while (true)
        {
            var u = (2 * NextDouble()) - 1;
            var v = (2 * NextDouble()) - 1;
            var r = (u * u) + (v * v);
            if (r is > 0 and < 1)
            {
                var scale = Math.Sqrt(-2 * Math.Log(r) / r);
                (spare, hasSpare) = (v * scale, true);
                return u * scale;
            }
        }
    }

    /// <summary>Laplace with mean 0 and mean absolute value <paramref name="scale"/>.</summary>
    public double NextLaplace(double scale)
    {
        var u = NextDouble() - 0.5;
        return -scale * Math.Sign(u) * Math.Log(1 - (2 * Math.Abs(u)));
    }

    /// <summary>Poisson with the given mean: inversion by multiplying uniforms, in portions so that nothing underflows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative mean, or one over 10⁹: time grows with it, and so many hardly fit a number
    /// of 32 bits.</exception>
    public int NextPoisson(double mean)
    {
        if (!(mean is >= 0 and <= GreatestMean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean of a Poisson distribution is between 0 and 1e9.");
        }

        var count = 0;
        for (; mean > 30; mean -= 30)
        {
            count += SmallPoisson(30);
        }

        return count + SmallPoisson(mean);
    }

    private int SmallPoisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = NextDouble(); product > limit; product *= NextDouble())
        {
            count++;
        }

        return count;
    }

    private void Advance()
    {
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
    }

    private void Jump()
    {
        var (j0, j1, j2, j3) = (0UL, 0UL, 0UL, 0UL);
        foreach (var word in JumpPolynomial)
        {
            for (var bit = 0; bit < 64; bit++)
            {
                if ((word & (1UL << bit)) != 0)
                {
                    (j0, j1, j2, j3) = (j0 ^ s0, j1 ^ s1, j2 ^ s2, j3 ^ s3);
                }

                Advance();
            }
        }

        (s0, s1, s2, s3) = (j0, j1, j2, j3);
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
