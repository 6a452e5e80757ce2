namespace Tradepost.Learning.Clicks.Network;

/// <summary>Adam for the dense layers, in slices of rows that several threads may take.</summary>
internal sealed class LayerUpdate
{
    private const int SliceRows = 32;

    private readonly NetworkWeights weights;
    private readonly Lane[] lanes;
    private readonly (int Layer, int From)[] slices;

    public LayerUpdate(NetworkWeights weights, Lane[] lanes)
    {
        (this.weights, this.lanes) = (weights, lanes);
        slices =
        [
            .. weights.Layers.SelectMany(
                (layer, i) => Enumerable.Range(0, (layer.Inputs + SliceRows - 1) / SliceRows).Select(slice => (i, slice * SliceRows))
            ),
        ];
        Moments = [.. Trained().Select(part => (new AlignedFloats(part.Length), new AlignedFloats(part.Length)))];
    }

    /// <summary>Parts of the work that may be done at once: slices of weights, and all that is small.</summary>
    public int Count => slices.Length + 1;

    /// <summary>
    /// m and v of each part: biases of the logit, output weights, then of each layer weights, bias and, if it has them, scale and shift.
    /// </summary>
    public (AlignedFloats Mean, AlignedFloats Square)[] Moments { get; }

    /// <summary>Updates one part.</summary>
    /// <param name="active">How many lanes had rows.</param>
    /// <param name="l2">λ of λ/2 · Σ w² over the weights of hidden layers.</param>
    public void Run(int part, int active, float share, Adam adam, float l2)
    {
        if (part < slices.Length)
        {
            var (layer, from) = slices[part];
            UpdateWeights(layer, from, Math.Min(from + SliceRows, weights.Layers[layer].Inputs), active, adam, l2);
        }
        else
        {
            UpdateSmall(active, share, adam);
        }
    }

    private IEnumerable<AlignedFloats> Trained() =>
        [
            weights.Biases,
            weights.Output,
            .. weights.Layers.SelectMany(layer =>
                layer.Norm is { } norm ? (AlignedFloats[])[layer.Weights, layer.Bias, norm.Scale, norm.Shift] : [layer.Weights, layer.Bias]
            ),
        ];

    private int FirstPart(int layer) => 2 + (layer * (weights.Shape.HasBatchNorm ? 4 : 2));

    private void UpdateWeights(int number, int from, int to, int active, Adam adam, float l2)
    {
        var layer = weights.Layers[number];
        var (start, length) = (from * layer.OutputStride, (to - from) * layer.OutputStride);
        var sum = lanes[0].Layers[number].Weights.Slice(start, length);
        for (var lane = 1; lane < active; lane++)
        {
            RowKernels.AddScaled(1, lanes[lane].Layers[number].Weights.Slice(start, length), sum);
        }

        var parameters = layer.Weights.Slice(start, length);
        if (l2 > 0)
        {
            RowKernels.AddScaled(l2, parameters, sum);
        }

        var (mean, square) = Moments[FirstPart(number)];
        adam.Step(parameters, mean.Slice(start, length), square.Slice(start, length), sum);
        layer.Transpose(from, to);
    }

    private void UpdateSmall(int active, float share, Adam adam)
    {
        var sum = 0.0;
        for (var lane = 0; lane < active; lane++)
        {
            sum += lanes[lane].Bias;
        }

        var bias = (float)(sum * share);
        Span<float> both = [bias, weights.Shape.IsDeep ? bias : 0];
        adam.Step(weights.Biases.Span, Moments[0].Mean.Span, Moments[0].Square.Span, both);
        Update(weights.Output, Moments[1], active, adam, static (lane, _) => lane.Output, 0);
        for (var i = 0; i < weights.Layers.Length; i++)
        {
            var layer = weights.Layers[i];
            if (layer.Norm is { } norm)
            {
                Update(norm.Scale, Moments[FirstPart(i) + 2], active, adam, static (lane, i) => lane.Layers[i].Scale!, i);
                Update(norm.Shift, Moments[FirstPart(i) + 3], active, adam, static (lane, i) => lane.Layers[i].Shift!, i);
                Follow(norm, i, active);
            }
            else
            {
                Update(layer.Bias, Moments[FirstPart(i) + 1], active, adam, static (lane, i) => lane.Layers[i].Bias, i);
            }
        }
    }

    private void Update(
        AlignedFloats parameters,
        (AlignedFloats Mean, AlignedFloats Square) moments,
        int active,
        Adam adam,
        Func<Lane, int, AlignedFloats> gradients,
        int layer
    )
    {
        var sum = gradients(lanes[0], layer).Span;
        for (var lane = 1; lane < active; lane++)
        {
            RowKernels.AddScaled(1, gradients(lanes[lane], layer).Span, sum);
        }

        adam.Step(parameters.Span, moments.Mean.Span, moments.Square.Span, sum);
    }

    /// <summary>Lets the running statistics follow those of the blocks.</summary>
    private void Follow(BatchNorm norm, int layer, int active)
    {
        var blocks = 0;
        for (var lane = 0; lane < active; lane++)
        {
            blocks += lanes[lane].Layers[layer].Blocks;
        }

        var mean = norm.Mean.Span;
        var variance = norm.Variance.Span;
        for (var column = 0; column < mean.Length; column++)
        {
            var (means, variances) = (0f, 0f);
            for (var lane = 0; lane < active; lane++)
            {
                means += lanes[lane].Layers[layer].Mean!.Span[column];
                variances += lanes[lane].Layers[layer].Variance!.Span[column];
            }

            mean[column] += BatchNorm.Momentum * ((means / blocks) - mean[column]);
            variance[column] += BatchNorm.Momentum * ((variances / blocks) - variance[column]);
        }
    }
}
