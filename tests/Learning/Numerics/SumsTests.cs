using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Numerics;

public sealed class SumsTests
{
    [Fact]
    public void What_small_values_lose_against_great_ones_comes_back()
    {
        double[] x = [1, 1e100, 1, -1e100];

        Sums.Compensated(x).ShouldBe(2);
        Sums.Mean(x).ShouldBe(0.5);
    }

    [Fact]
    public void The_mean_is_the_double_nearest_to_it()
    {
        var random = new Random(2);
        for (var round = 0; round < 1_000; round++)
        {
            // Multiples of 2⁻⁴⁰, whose sum is exact as a whole number.
            var x = Array.ConvertAll(new double[7], _ => Math.ScaleB(random.NextInt64(1L << 52), -40));

            var mean = Sums.Mean(x);

            var sum = x.Aggregate(Int128.Zero, (total, value) => total + (Int128)Math.ScaleB(value, 40));
            Distance(mean).ShouldBeLessThanOrEqualTo(Distance(Math.BitIncrement(mean)));
            Distance(mean).ShouldBeLessThanOrEqualTo(Distance(Math.BitDecrement(mean)));
            Int128 Distance(double value) => Int128.Abs((7 * (Int128)Math.ScaleB(value, 60)) - (sum << 20));
        }
    }

    [Fact]
    public void Pairs_are_summed_by_twos_and_then_across()
    {
        var random = new Random(1);
        for (var n = 0; n < 20; n++)
        {
            var (a, b) = (Numbers(n), Numbers(n));
            var lanes = new double[4];
            for (var i = 0; i < n / 4 * 4; i++)
            {
                lanes[i % 4] += a[i] * b[i];
            }

            var (even, odd) = (lanes[0] + lanes[2], lanes[1] + lanes[3]);
            if (n % 4 >= 2)
            {
                even += a[n / 4 * 4] * b[n / 4 * 4];
                odd += a[(n / 4 * 4) + 1] * b[(n / 4 * 4) + 1];
            }

            Kernels.PairedDot(a, b).ShouldBe(even + odd + (n % 2 == 1 ? a[^1] * b[^1] : 0));
        }

        double[] Numbers(int n) => Array.ConvertAll(new double[n], _ => random.NextDouble() - 0.5);
    }
}
