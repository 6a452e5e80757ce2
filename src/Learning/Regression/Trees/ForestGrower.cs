using Tradepost.Learning.Numerics;
using Tradepost.Learning.Regression.Linear;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// Grows the trees of a forest, one at a time, on a copy of the bins of the rows that were drawn, so that a column stays in the cache.
/// </summary>
internal sealed class ForestGrower
{
    private const int DeepestTree = 512;

    private readonly BinnedTable table;
    private readonly double[] target;
    private readonly double mean;
    private readonly RandomForestOptions options;
    private readonly int columnsPerNode;
    private readonly CancellationToken cancellationToken;
    private readonly int[] columnOrder;
    private readonly int[] drawn;
    private readonly byte[] bins;
    private readonly long[] packed;
    private readonly double[] sums;
    private readonly int[] weights;
    private readonly int[] rows;
    private readonly int[] toLeft;
    private readonly int[] toRight;
    private readonly byte[] goesLeft = new byte[HistogramKernel.Bins];
    private readonly NodeHistogram histogram = new();

    private RandomStream random = new(0);
    private double[] gains = [];
    private double scale;
    private int stride;

    public ForestGrower(
        BinnedTable table,
        double[] target,
        RandomForestOptions options,
        int columnsPerNode,
        CancellationToken cancellationToken
    )
    {
        (this.table, this.target, this.options, this.columnsPerNode) = (table, target, options, columnsPerNode);
        this.cancellationToken = cancellationToken;
        mean = ScaledColumns.Mean(target);
        columnOrder = new int[table.Columns];
        drawn = new int[table.Rows];
        var capacity = Math.Min(table.Rows, Draws);
        (bins, packed, sums, weights) = (
            new byte[capacity * (long)table.Columns],
            new long[capacity],
            new double[capacity],
            new int[capacity]
        );
        (rows, toLeft, toRight) = (new int[capacity], new int[capacity], new int[capacity]);
    }

    private int Draws => options.Bootstrap ? Math.Max(1, (int)Math.Round((options.MaxSamples ?? 1) * table.Rows)) : table.Rows;

    public (DecisionTree Tree, double[] Gains) Grow(int tree)
    {
        random = new RandomStream((options.RandomState * 1_000_003) + tree);
        gains = new double[table.Columns];
        for (var column = 0; column < columnOrder.Length; column++)
        {
            columnOrder[column] = column;
        }

        var root = Draw();
        var stack = new Stack<GrowingNode>([root]);
        while (stack.TryPop(out var node))
        {
            if (TryDivide(node))
            {
                stack.Push(node.Right!);
                stack.Push(node.Left!);
            }
            else
            {
                node.Value = Mean(node);
            }
        }

        return (DecisionTree.Of(root, table.Features), gains);
    }

    /// <summary>Draws the tree's rows and copies what is needed of them.</summary>
    private GrowingNode Draw()
    {
        drawn.AsSpan().Fill(options.Bootstrap ? 0 : 1);
        for (var i = options.Bootstrap ? Draws : 0; i > 0; i--)
        {
            drawn[random.NextInt(table.Rows)]++;
        }

        var (count, size) = (0, 0.0);
        for (var row = 0; row < drawn.Length; row++)
        {
            if (drawn[row] > 0)
            {
                (toLeft[count], weights[count], sums[count]) = (row, drawn[row], drawn[row] * target[row]);
                size += drawn[row] * Math.Abs(target[row] - mean);
                count++;
            }
        }

        scale = GradientScale.Of(size, 0, true).Gradient;
        stride = count;
        var total = 0L;
        for (var i = 0; i < count; i++)
        {
            packed[i] = PackedSum.Of((int)Math.Round(weights[i] * (target[toLeft[i]] - mean) * scale), (uint)weights[i]);
            total += packed[i];
            rows[i] = i;
        }

        for (var column = 0; column < table.Columns; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var all = table.Column(column);
            var mine = bins.AsSpan(column * stride, stride);
            for (var i = 0; i < mine.Length; i++)
            {
                mine[i] = all[toLeft[i]];
            }
        }

        return new GrowingNode
        {
            Start = 0,
            Count = count,
            Depth = 0,
            Sum = total,
        };
    }

    private double Mean(GrowingNode node)
    {
        var (sum, weight) = (0.0, 0L);
        foreach (var row in rows.AsSpan(node.Start, node.Count))
        {
            sum += sums[row];
            weight += weights[row];
        }

        return sum / weight;
    }

    private bool TryDivide(GrowingNode node)
    {
        if (
            node.Count < options.MinSamplesSplit
            || node.Count < 2 * options.MinSamplesLeaf
            || node.Depth >= (options.MaxDepth ?? DeepestTree)
        )
        {
            return false;
        }

        var nodeRows = rows.AsSpan(node.Start, node.Count);
        for (var looked = 0; looked < columnOrder.Length && (looked < columnsPerNode || node.Best.Feature < 0); looked++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pick = looked + random.NextInt(columnOrder.Length - looked);
            (columnOrder[looked], columnOrder[pick]) = (columnOrder[pick], columnOrder[looked]);
            var feature = columnOrder[looked];
            histogram.Fill(bins.AsSpan(feature * stride, stride), packed, nodeRows);
            var split = histogram.Find(feature, table.Features[feature].IsCategorical, node, options.MinSamplesLeaf);
            node.Best = split.IsBetterThan(node.Best) ? split : node.Best;
        }

        if (node.Best.Feature < 0)
        {
            return false;
        }

        Divide(node);
        return true;
    }

    private void Divide(GrowingNode node)
    {
        var split = node.Best;
        split.FillGoesLeft(goesLeft);
        var part = rows.AsSpan(node.Start, node.Count);
        var count = PartitionKernel.Divide(bins.AsSpan(split.Feature * stride, stride), goesLeft, part, toLeft, toRight);
        toLeft.AsSpan(0, count).CopyTo(part);
        toRight.AsSpan(0, node.Count - count).CopyTo(part[count..]);
        gains[split.Feature] += split.Gain / (scale * scale);
        node.Left = new GrowingNode
        {
            Start = node.Start,
            Count = count,
            Depth = node.Depth + 1,
            Sum = split.Left,
        };
        node.Right = new GrowingNode
        {
            Start = node.Start + count,
            Count = node.Count - count,
            Depth = node.Depth + 1,
            Sum = node.Sum - split.Left,
        };
    }
}
