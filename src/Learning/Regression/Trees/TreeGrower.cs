using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Grows trees on binned columns: histograms of the smaller child, those of the larger by subtraction (G. Ke and others, "LightGBM", NIPS
/// 2017), groups of columns shared out among the workers. Everything is sums of whole numbers, so the workers' number changes nothing.
/// </summary>
internal sealed class TreeGrower
{
    /// <summary>From so many rows on all workers divide a node together.</summary>
    private const int SharedPartition = 16_384;

    /// <summary>A leaf must weigh this in units of the loss, as in scikit-learn.</summary>
    private const double LeastSecond = 1e-3;

    private readonly BinnedTable table;
    private readonly WorkTeam team;
    private readonly GrowthRules rules;
    private readonly CancellationToken cancellationToken;
    private readonly int[] toLeft;
    private readonly int[] toRight;
    private readonly int[] leftCounts;
    private readonly SplitFinder[] finders;
    private readonly Split[][] found;
    private readonly Stack<long[]> pool = new();
    private readonly byte[] goesLeft = new byte[HistogramKernel.Bins];

    private long[] packed = [];
    private bool[] allowed = [];
    private GradientScale scale;

    public TreeGrower(BinnedTable table, WorkTeam team, GrowthRules rules, CancellationToken cancellationToken)
    {
        (this.table, this.team, this.rules, this.cancellationToken) = (table, team, rules, cancellationToken);
        Rows = new int[table.Rows];
        (toLeft, toRight, leftCounts) = (new int[table.Rows], new int[table.Rows], new int[team.Size]);
        finders = [.. Enumerable.Range(0, team.Size).Select(_ => new SplitFinder())];
        found = [.. Enumerable.Range(0, team.Size).Select(_ => new Split[2])];
    }

    /// <summary>The rows of the tree; afterwards those of each leaf are a stretch.</summary>
    public int[] Rows { get; }

    /// <summary>Grows a tree on the first rows of <see cref="Rows"/>.</summary>
    /// <param name="count">How many of them; where it is all rows of the table they are in order.</param>
    /// <param name="gradients">Packed, one per row of the table.</param>
    /// <param name="sum">Of the gradients of these rows.</param>
    /// <param name="columns">Which columns may be used.</param>
    public GrowingNode Grow(int count, long[] gradients, long sum, GradientScale gradientScale, bool[] columns)
    {
        (packed, allowed, scale) = (gradients, columns, gradientScale);
        var root = new GrowingNode
        {
            Start = 0,
            Count = count,
            Depth = 0,
            Sum = sum,
        };
        var leaves = 1;
        if (CanDivide(root, leaves))
        {
            root.Histogram = Rent();
            Search(root, null, null);
        }

        var queue = new NodeQueue(byGain: rules.MaxLeafNodes is not null);
        queue.Add(root);
        while (queue.TryTake(out var node))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node.Best.Feature < 0 || leaves >= (rules.MaxLeafNodes ?? int.MaxValue))
            {
                Return(node);
            }
            else if (TryDivide(node, leaves + 1))
            {
                leaves++;
                Return(node);
                queue.Add(node.Left!);
                queue.Add(node.Right!);
            }
            else
            {
                queue.Add(node);
            }
        }

        return root;
    }

    private bool CanDivide(GrowingNode node, int leaves) =>
        node.Count >= 2 * rules.MinSamplesLeaf
        && node.Depth < (rules.MaxDepth ?? int.MaxValue)
        && leaves < (rules.MaxLeafNodes ?? int.MaxValue);

    /// <summary>False when a side has too few rows; the node has then got another best split.</summary>
    private bool TryDivide(GrowingNode node, int leavesThen)
    {
        var split = node.Best;
        split.FillGoesLeft(goesLeft);
        var leftCount = node.Count < SharedPartition ? PartitionAlone(node, split.Feature) : PartitionTogether(node, split.Feature);
        if (leftCount < rules.MinSamplesLeaf || node.Count - leftCount < rules.MinSamplesLeaf)
        {
            node.Caution *= 1.5;
            node.Best = FindAgain(node);
            return false;
        }

        var left = new GrowingNode
        {
            Start = node.Start,
            Count = leftCount,
            Depth = node.Depth + 1,
            Sum = split.Left,
        };
        var right = new GrowingNode
        {
            Start = node.Start + leftCount,
            Count = node.Count - leftCount,
            Depth = node.Depth + 1,
            Sum = node.Sum - split.Left,
        };
        (node.Left, node.Right) = (left, right);
        var (small, large) = left.Count <= right.Count ? (left, right) : (right, left);
        var (searchSmall, searchLarge) = (CanDivide(small, leavesThen), CanDivide(large, leavesThen));
        if (searchSmall || searchLarge)
        {
            (small.Histogram, large.Histogram, node.Histogram) = (Rent(), node.Histogram, null);
            Search(small, large, searchSmall ? null : small);
        }

        return true;
    }

    private int PartitionAlone(GrowingNode node, int feature)
    {
        var count = Partition(node.Start, node.Count, feature);
        toLeft.AsSpan(node.Start, count).CopyTo(Rows.AsSpan(node.Start));
        toRight.AsSpan(node.Start, node.Count - count).CopyTo(Rows.AsSpan(node.Start + count));
        return count;
    }

    private int PartitionTogether(GrowingNode node, int feature)
    {
        int Border(int worker) => (int)((long)node.Count * worker / team.Size);
        team.Run(worker =>
        {
            var (from, length) = (Border(worker), Border(worker + 1) - Border(worker));
            leftCounts[worker] = Partition(node.Start + from, length, feature);
            team.Meet();
            var before = leftCounts.AsSpan(0, worker);
            var (leftBefore, allLeft) = (Sum(before), Sum(leftCounts));
            toLeft.AsSpan(node.Start + from, leftCounts[worker]).CopyTo(Rows.AsSpan(node.Start + leftBefore));
            toRight.AsSpan(node.Start + from, length - leftCounts[worker]).CopyTo(Rows.AsSpan(node.Start + allLeft + from - leftBefore));
        });
        return Sum(leftCounts);
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        var sum = 0;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }

    private int Partition(int start, int length, int feature) =>
        PartitionKernel.Divide(
            table.Column(feature),
            goesLeft,
            Rows.AsSpan(start, length),
            toLeft.AsSpan(start, length),
            toRight.AsSpan(start, length)
        );

    /// <summary>
    /// Fills the first node's histogram from its rows, takes it from that of the second, which is their parent's until then, and finds the
    /// best splits of both, but for one that is not to be divided.
    /// </summary>
    private void Search(GrowingNode first, GrowingNode? second, GrowingNode? undivided)
    {
        team.Run(worker =>
        {
            var best = found[worker];
            (best[0], best[1]) = (Split.None, Split.None);
            for (var group = worker; group < table.Groups; group += team.Size)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Fill(first, group);
                var part = new Range(group * HistogramKernel.GroupSize, (group + 1) * HistogramKernel.GroupSize);
                if (second is not null)
                {
                    HistogramKernel.Subtract(second.Histogram.AsSpan()[part], first.Histogram.AsSpan()[part]);
                    best[1] = Find(second, group, finders[worker], best[1]);
                }

                best[0] = first == undivided ? Split.None : Find(first, group, finders[worker], best[0]);
            }
        });
        foreach (var best in found)
        {
            first.Best = best[0].IsBetterThan(first.Best) ? best[0] : first.Best;
            if (second is not null)
            {
                second.Best = best[1].IsBetterThan(second.Best) ? best[1] : second.Best;
            }
        }
    }

    private void Fill(GrowingNode node, int group)
    {
        var histogram = node.Histogram.AsSpan(group * HistogramKernel.GroupSize, HistogramKernel.GroupSize);
        histogram.Clear();
        if (node.Count == table.Rows)
        {
            HistogramKernel.AddAll(table.Group(group), packed, histogram);
        }
        else
        {
            HistogramKernel.Add(table.Group(group), packed, Rows.AsSpan(node.Start, node.Count), histogram);
        }
    }

    private Split Find(GrowingNode node, int group, SplitFinder finder, Split best)
    {
        if (!CanDivide(node, 0))
        {
            return best;
        }

        var last = Math.Min((group + 1) * BinnedTable.GroupWidth, table.Columns);
        for (var feature = group * BinnedTable.GroupWidth; feature < last; feature++)
        {
            if (allowed[feature])
            {
                var split = Find(node, feature, finder);
                best = split.IsBetterThan(best) ? split : best;
            }
        }

        return best;
    }

    private Split Find(GrowingNode node, int feature, SplitFinder finder)
    {
        var weight = PackedSum.Second(node.Sum) / node.Count;
        var least = Math.Max(
            Math.Max(rules.MinChildWeight, LeastSecond) * scale.Second,
            Math.Max(1, rules.MinSamplesLeaf) * weight * node.Caution
        );
        if (!scale.IsSecondConstant && node.Caution == 1)
        {
            // How many rows there are is estimated: a little less is let pass and counted later.
            least = Math.Max(Math.Max(rules.MinChildWeight, LeastSecond) * scale.Second, 0.5 * least);
        }

        return finder.Find(
            node.Histogram.AsSpan(feature * HistogramKernel.Bins, HistogramKernel.Bins),
            feature,
            table.Features[feature],
            node.Sum,
            rules.Lambda * scale.Second,
            least,
            weight
        );
    }

    private Split FindAgain(GrowingNode node)
    {
        var best = Split.None;
        for (var group = 0; group < table.Groups; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            best = Find(node, group, finders[0], best);
        }

        return best;
    }

    private long[] Rent() => pool.TryPop(out var histogram) ? histogram : new long[table.Groups * HistogramKernel.GroupSize];

    private void Return(GrowingNode node)
    {
        if (node.Histogram is { } histogram)
        {
            node.Histogram = null;
            pool.Push(histogram);
        }
    }
}
