namespace Tradepost.Learning.Clicks.Calibrating;

/// <summary>Isotonic regression of labels on logits.</summary>
internal static class PoolAdjacentViolators
{
    /// <summary>The mean logit and the rate of each pool, both rising.</summary>
    public static (double[] Knots, double[] Rates) Solve(ReadOnlySpan<double> labels, ReadOnlySpan<double> logits)
    {
        var keys = logits.ToArray();
        var order = labels.ToArray();
        Array.Sort(keys, order);
        var pools = new Stack<Pool>();
        for (var i = 0; i < keys.Length; i++)
        {
            var pool = new Pool(keys[i], order[i], 1);
            while (pools.TryPeek(out var last) && (last.Rate >= pool.Rate || last.Logit == pool.Logit))
            {
                pool = pools.Pop().With(pool);
            }

            pools.Push(pool);
        }

        var least = 0.5 / keys.Length;
        var rising = pools.Reverse().ToArray();
        return ([.. rising.Select(pool => pool.Logit)], [.. rising.Select(pool => Math.Clamp(pool.Rate, least, 1 - least))]);
    }

    private readonly record struct Pool(double Logits, double Clicks, double Rows)
    {
        public double Rate => Clicks / Rows;

        public double Logit => Logits / Rows;

        public Pool With(Pool next) => new(Logits + next.Logits, Clicks + next.Clicks, Rows + next.Rows);
    }
}
