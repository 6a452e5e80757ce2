using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>
/// Trains a network batch by batch. The result depends on the rows, their order and the keys, not on the number of threads.
/// </summary>
internal sealed class NetworkTrainer : IDisposable
{
    private const int MaxLanes = 8;

    private readonly WorkTeam team;
    private readonly Lane[] lanes;
    private readonly Workspace[] workspaces;
    private readonly Batch batch;
    private readonly EmbeddingUpdate embeddings;
    private readonly LayerUpdate layers;
    private readonly Action<int, int> runLane;
    private readonly Action<int, int> runUpdate;
    private int active;
    private Dropout dropout;
    private Adam adam;
    private CancellationToken stop;

    public NetworkTrainer(NetworkWeights weights, int batchSize, int threads)
    {
        Weights = weights;
        var count = Math.Min(MaxLanes, (batchSize + Workspace.MaxRows - 1) / Workspace.MaxRows);
        lanes = [.. Enumerable.Range(0, count).Select(_ => new Lane(weights))];
        workspaces = [.. Enumerable.Range(0, threads).Select(_ => new Workspace(weights.Shape, trains: true))];
        batch = new Batch(weights.Shape, batchSize);
        embeddings = new EmbeddingUpdate(weights, batchSize);
        layers = new LayerUpdate(weights, lanes);
        team = new WorkTeam(threads);
        runLane = (lane, thread) => lanes[lane].Run(batch, Bound(lane), Bound(lane + 1), workspaces[thread], dropout, stop);
        runUpdate = Update;
    }

    public NetworkWeights Weights { get; }

    /// <summary>Steps that were made.</summary>
    public long Steps { get; set; }

    public float EmbeddingL2 { get; init; }

    public float NetworkL2 { get; init; }

    /// <summary>The moments of Adam, in an order that checkpoints rely on.</summary>
    public IEnumerable<AlignedFloats> State() =>
        [
            embeddings.FirstMoments,
            embeddings.VectorMoments,
            .. layers.Moments.SelectMany(pair => (AlignedFloats[])[pair.Mean, pair.Square]),
        ];

    /// <summary>Computes loss and derivatives of a batch.</summary>
    /// <returns>The sum of the rows' losses before the step.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; the network is as it was.</exception>
    public double Differentiate(RowBlock rows, ReadOnlySpan<int> order, Dropout dropped, CancellationToken cancellationToken)
    {
        batch.Set(rows, order);
        (dropout, stop) = (dropped, cancellationToken);
        active = Math.Min(lanes.Length, (order.Length + Workspace.MaxRows - 1) / Workspace.MaxRows);
        team.Run(active, runLane);
        cancellationToken.ThrowIfCancellationRequested();
        var loss = 0.0;
        for (var i = 0; i < active; i++)
        {
            loss += lanes[i].Loss;
        }

        return loss;
    }

    /// <summary>Makes one step of Adam on a batch.</summary>
    /// <returns>The sum of the rows' losses before the step.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled; no step was made.</exception>
    public double Step(RowBlock rows, ReadOnlySpan<int> order, double learningRate, Dropout dropped, CancellationToken cancellationToken)
    {
        var loss = Differentiate(rows, order, dropped, cancellationToken);
        Steps++;
        adam = new Adam(learningRate, Steps);
        team.Run(Weights.Shape.Fields + layers.Count, runUpdate);
        return loss;
    }

    /// <summary>Computes the logits of rows with what has been learnt so far.</summary>
    /// <param name="order">Which rows, in the order of the logits.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Predict(RowBlock rows, int[] order, float[] logits, CancellationToken cancellationToken)
    {
        var blocks = (order.Length + Workspace.MaxRows - 1) / Workspace.MaxRows;
        team.Run(blocks, (block, thread) =>
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            var from = block * Workspace.MaxRows;
            var count = Math.Min(Workspace.MaxRows, order.Length - from);
            ForwardPass.Run(Weights, rows with { Order = order }, from, count, workspaces[thread]);
            workspaces[thread].Logits.AsSpan(0, count).CopyTo(logits.AsSpan(from));
        });
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => team.Dispose();

    internal Lane Lane(int number) => lanes[number];

    internal Batch Current => batch;

    /// <summary>Lanes begin at whole tiles of the matrix products.</summary>
    private int Bound(int lane) =>
        lane >= active ? batch.Count : (int)((long)batch.Count * lane / active) / MatrixProduct.RowMultiple * MatrixProduct.RowMultiple;

    private void Update(int part, int thread)
    {
        var fields = Weights.Shape.Fields;
        if (part < layers.Count)
        {
            layers.Run(part, active, batch.Share, adam, NetworkL2);
        }
        else
        {
            embeddings.Run(batch, fields - 1 - (part - layers.Count), adam, EmbeddingL2);
        }
    }
}
