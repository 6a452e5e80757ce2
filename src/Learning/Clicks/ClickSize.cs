using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Network;
using Tradepost.Learning.Clicks.Training;

namespace Tradepost.Learning.Clicks;

/// <summary>What a training takes of so many rows and values.</summary>
internal static class ClickSize
{
    /// <summary>Multiplications and additions in a second of one processor.</summary>
    private const double Dense = 2e10;

    /// <summary>Of a step: forward, and back by weights and by inputs.</summary>
    private const int Passes = 3;

    /// <summary>Weights, the best so far, and two moments.</summary>
    private const int CopiesInTraining = 4;

    private const int Lanes = 8;

    public static WorkSize Of(ClickOptions options, ClickEncoder encoder, int rows, int threads)
    {
        var shape = NetworkRun.ShapeOf(options, encoder);
        var dense = shape.Layers().Sum(layer => layer.Inputs * (double)NetworkShape.Stride(layer.Outputs));
        double embeddings = encoder.Ids * (1.0 + shape.Dimension);
        double batch = Math.Min(options.BatchSize, rows) * (double)(NetworkShape.Stride(shape.Inputs) + (2 * shape.Slots));
        double widest = NetworkShape.Stride(Math.Max(shape.Inputs, shape.Hidden.Append(0).Max()));
        double work = Workspace.MaxRows * (shape.Hidden.Sum(width => 2.0 * NetworkShape.Stride(width)) + (4 * widest));
        var networks = options.Members * (options.Intervals && options.Members > 1 ? 2.0 : 1);
        double encoded = rows * (double)encoder.Slots;
        return new WorkSize
        {
            Work = WorkSize.Say(
                $"A training of {networks:N0} networks on {rows:N0} rows with {encoder.Ids:N0} values of {encoder.Fields.Count:N0} fields"
            ),
            Smaller = "Fewer members, a smaller embedding_dim, hidden or batch_size, or a greater min_count take less.",
            LargestCount = Math.Max(Math.Max(encoded, 2 * embeddings), Math.Max(batch, dense)),
            Bytes =
                sizeof(float)
                * (
                    (encoded * (encoder.HasWeights ? 2 : 1))
                    + ((CopiesInTraining + options.Members) * (embeddings + (2 * dense)))
                    + (Lanes * dense)
                    + batch
                    + (threads * work)
                    + (networks * rows)
                ),
            Seconds = networks * options.Epochs * rows * Passes * (dense + (50.0 * Math.Max(1, shape.Inputs))) / Dense,
        };
    }
}
