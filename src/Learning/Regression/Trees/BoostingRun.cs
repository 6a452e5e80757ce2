using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>One fit of gradient boosting.</summary>
internal sealed class BoostingRun
{
    /// <summary>Rows that one worker takes at a time; sums are added per chunk, in order.</summary>
    private const int Chunk = 8192;

    private readonly FeatureTable features;
    private readonly HistGradientBoostingOptions options;
    private readonly BoostingLoss loss;
    private readonly WorkTeam team;
    private readonly CancellationToken cancellationToken;
    private readonly BinnedTable table;
    private readonly TreeGrower grower;
    private readonly double[] target;
    private readonly double[] raw;
    private readonly double[] first;
    private readonly double[] second;
    private readonly long[] packed;
    private readonly int[] training;
    private readonly int[] heldOut;
    private readonly double[] gains;

    public BoostingRun(
        FeatureTable features,
        double[] target,
        HistGradientBoostingOptions options,
        BoostingLoss loss,
        WorkTeam team,
        CancellationToken cancellationToken
    )
    {
        (this.features, this.target, this.options, this.loss, this.team) = (features, target, options, loss, team);
        this.cancellationToken = cancellationToken;
        table = new BinnedTable(features, options.MaxBins, team, grouped: true, cancellationToken);
        grower = new TreeGrower(
            table,
            team,
            new GrowthRules(
                options.MaxLeafNodes,
                options.MaxDepth,
                options.MinSamplesLeaf,
                options.MinChildWeight,
                options.L2Regularization
            ),
            cancellationToken
        );
        var rows = table.Rows;
        (raw, first, packed, gains) = (new double[rows], new double[rows], new long[rows], new double[table.Columns]);
        second = loss.IsSecondConstant ? [] : new double[rows];
        (training, heldOut) = options.EarlyStopping ? HoldOut() : ([.. Enumerable.Range(0, rows)], []);
    }

    public TreeEnsemble Run(string name, TreeEnsemble? before)
    {
        var trees = new List<DecisionTree>(before?.Trees ?? []);
        var baseline = before?.Baseline ?? loss.Start(options.BaseScore, Training());
        before?.Gains.CopyTo(gains, 0);
        Start(before, baseline);
        var (best, bestTrees) = (HeldOutLoss(), trees.Count);
        for (var iteration = 0; iteration < options.MaxIter; iteration++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            trees.Add(Step(trees.Count));
            if (!options.EarlyStopping)
            {
                continue;
            }

            var now = HeldOutLoss();
            if (now < best - options.Tol)
            {
                (best, bestTrees) = (now, trees.Count);
            }
            else if (trees.Count - bestTrees >= options.NIterNoChange)
            {
                break;
            }
        }

        return new TreeEnsemble(
            name,
            features.Names,
            features.Categorical,
            baseline,
            options.EarlyStopping ? [.. trees[..bestTrees]] : [.. trees],
            gains,
            options,
            null
        );
    }

    private double[] Training() => heldOut.Length == 0 ? target : [.. training.Select(row => target[row])];

    private void Start(TreeEnsemble? before, double baseline)
    {
        if (before is null)
        {
            raw.AsSpan().Fill(baseline);
        }
        else
        {
            before.PredictRaw(features, cancellationToken).CopyTo(raw, 0);
        }
    }

    private (int[] Training, int[] HeldOut) HoldOut()
    {
        var rows = table.Rows;
        var count = (int)Math.Round(options.ValidationFraction * rows);
        InputRules.Require(
            count >= 1 && count < rows - 1,
            "validation_fraction",
            options.ValidationFraction,
            "such that rows are left on both sides"
        );
        var isHeldOut = Sampling.Choose(rows, count, new RandomStream(options.RandomState, 1));
        return ([.. Enumerable.Range(0, rows).Where(row => !isHeldOut[row])], [.. Enumerable.Range(0, rows).Where(row => isHeldOut[row])]);
    }

    private DecisionTree Step(int number)
    {
        var random = new RandomStream((options.RandomState * 1_000_003) + number);
        var rows = SampleRows(random);
        var columns = SampleColumns(random);
        var scale = Derive();
        var sum = Pack(scale, rows);
        var root = grower.Grow(rows, packed, sum, scale, columns);
        var leaves = new List<GrowingNode>();
        Collect(root, leaves, scale);
        Shrink(leaves, scale);
        Update(root, leaves, rows);
        return DecisionTree.Of(root, table.Features);
    }

    /// <summary>Puts the rows of a tree first in the grower's list, in order.</summary>
    private int SampleRows(RandomStream random)
    {
        if (options.Subsample == 1)
        {
            training.CopyTo(grower.Rows, 0);
            return training.Length;
        }

        var isChosen = Sampling.Choose(training.Length, Math.Max(1, (int)Math.Round(options.Subsample * training.Length)), random);
        var count = 0;
        for (var i = 0; i < training.Length; i++)
        {
            if (isChosen[i])
            {
                grower.Rows[count++] = training[i];
            }
        }

        return count;
    }

    private bool[] SampleColumns(RandomStream random) =>
        Sampling.Choose(
            table.Columns,
            options.ColsampleBytree == 1 ? table.Columns : Math.Max(1, (int)Math.Round(options.ColsampleBytree * table.Columns)),
            random
        );

    /// <summary>Derivatives of all rows, and how they become whole numbers.</summary>
    private GradientScale Derive()
    {
        var chunks = (table.Rows + Chunk - 1) / Chunk;
        var (firsts, seconds) = (new double[chunks], new double[chunks]);
        EachChunk(
            (chunk, from, to) =>
            {
                var part = from..to;
                loss.Derivatives(target.AsSpan(part), raw.AsSpan(part), first.AsSpan(part), second.Length == 0 ? [] : second.AsSpan(part));
                firsts[chunk] = PackingKernel.SumOfSizes(first.AsSpan(part));
                seconds[chunk] = second.Length == 0 ? 0 : Sums.Of(second.AsSpan(part));
            }
        );
        return GradientScale.Of(Sums.Of(firsts), Sums.Of(seconds), loss.IsSecondConstant);
    }

    private long Pack(GradientScale scale, int rows)
    {
        var sums = new long[(table.Rows + Chunk - 1) / Chunk];
        EachChunk(
            (chunk, from, to) =>
                sums[chunk] = PackingKernel.Pack(
                    first.AsSpan(from..to),
                    second.Length == 0 ? [] : second.AsSpan(from..to),
                    scale,
                    packed.AsSpan(from..to)
                )
        );
        if (rows == table.Rows)
        {
            return sums.Sum();
        }

        var sum = 0L;
        foreach (var row in grower.Rows.AsSpan(0, rows))
        {
            sum += packed[row];
        }

        return sum;
    }

    private void Collect(GrowingNode node, List<GrowingNode> leaves, GradientScale scale)
    {
        if (node.IsLeaf)
        {
            leaves.Add(node);
            return;
        }

        gains[node.Best.Feature] += node.Best.Gain * scale.Second / (scale.Gradient * scale.Gradient);
        Collect(node.Left!, leaves, scale);
        Collect(node.Right!, leaves, scale);
    }

    private void Shrink(List<GrowingNode> leaves, GradientScale scale) =>
        team.Run(worker =>
        {
            for (var i = worker; i < leaves.Count; i += team.Size)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var leaf = leaves[i];
                leaf.Value =
                    options.LearningRate
                    * (
                        loss.RenewsLeaves
                            ? Renewed(leaf)
                            : -PackedSum.Gradient(leaf.Sum)
                                / scale.Gradient
                                / ((PackedSum.Second(leaf.Sum) / scale.Second) + options.L2Regularization + double.Epsilon)
                    );
            }
        });

    private double Renewed(GrowingNode leaf)
    {
        var residuals = new double[leaf.Count];
        for (var i = 0; i < residuals.Length; i++)
        {
            var row = grower.Rows[leaf.Start + i];
            residuals[i] = target[row] - raw[row];
        }

        return loss.LeafValue(residuals);
    }

    private void Update(GrowingNode root, List<GrowingNode> leaves, int rows)
    {
        team.Run(worker =>
        {
            var (from, to) = ((int)((long)rows * worker / team.Size), (int)((long)rows * (worker + 1) / team.Size));
            foreach (var leaf in leaves)
            {
                for (var i = Math.Max(from, leaf.Start); i < Math.Min(to, leaf.Start + leaf.Count); i++)
                {
                    raw[grower.Rows[i]] += leaf.Value;
                }
            }
        });
        if (rows == table.Rows)
        {
            return;
        }

        var isSeen = new bool[table.Rows];
        foreach (var row in grower.Rows.AsSpan(0, rows))
        {
            isSeen[row] = true;
        }

        EachChunk(
            (_, from, to) =>
            {
                for (var row = from; row < to; row++)
                {
                    raw[row] += isSeen[row] ? 0 : LeafOf(root, row).Value;
                }
            }
        );
    }

    private GrowingNode LeafOf(GrowingNode node, int row)
    {
        while (!node.IsLeaf)
        {
            var (split, bin) = (node.Best, table.Column(node.Best.Feature)[row]);
            var left =
                bin == FeatureBins.Missing ? split.MissingLeft
                : split.Categories is { } categories ? categories[bin] == 1
                : bin <= split.Bin;
            node = left ? node.Left! : node.Right!;
        }

        return node;
    }

    private double HeldOutLoss()
    {
        var sum = 0.0;
        foreach (var row in heldOut)
        {
            sum += loss.Loss(target[row], raw[row]);
        }

        return heldOut.Length == 0 ? 0 : sum / heldOut.Length;
    }

    private void EachChunk(Action<int, int, int> action)
    {
        var chunks = (table.Rows + Chunk - 1) / Chunk;
        team.Run(worker =>
        {
            for (var chunk = worker; chunk < chunks; chunk += team.Size)
            {
                cancellationToken.ThrowIfCancellationRequested();
                action(chunk, chunk * Chunk, Math.Min(table.Rows, (chunk + 1) * Chunk));
            }
        });
    }
}
