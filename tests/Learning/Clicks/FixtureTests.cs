using System.Text.Json;
using Tradepost.Learning.Clicks.Network;
using Tradepost.Tests.Support;

namespace Tradepost.Learning.Tests.Clicks;

/// <summary>Against a tiny DeepFM of PyTorch in double precision: weights, logits, loss, derivatives and three steps of Adam.</summary>
public sealed class FixtureTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private readonly JsonElement fixture = JsonDocument.Parse(File.ReadAllText(SharedData.Path("goldens/deepfm/fixture.json"))).RootElement;

    [Fact]
    public void Logits_and_loss_are_those_of_the_fixture()
    {
        var weights = Weights("weights");
        using var trainer = new NetworkTrainer(weights, 16, threads: 1);
        var work = new Workspace(weights.Shape, trains: false);

        ForwardPass.Run(weights, Rows(), 0, 16, work);
        var loss = trainer.Differentiate(Rows(), All, default, cancellationToken: Cancelled) / 16;

        Farthest(work.Logits.AsSpan(0, 16), Numbers(fixture.GetProperty("logit"))).ShouldBeLessThan(1e-5);
        loss.ShouldBe(fixture.GetProperty("loss").GetDouble(), 1e-6);
    }

    [Fact]
    public void One_row_alone_has_the_logit_that_it_has_among_others()
    {
        var weights = Weights("weights");
        var work = new Workspace(weights.Shape, trains: false);
        var expected = Numbers(fixture.GetProperty("logit"));

        for (var row = 0; row < 16; row++)
        {
            ForwardPass.Run(weights, Rows(), row, 1, work);
            ((double)work.Logits[0]).ShouldBe(expected[row], 1e-5);
        }
    }

    [Fact]
    public void Derivatives_are_those_of_the_fixture()
    {
        using var trainer = new NetworkTrainer(Weights("weights"), 16, threads: 2);

        trainer.Differentiate(Rows(), All, default, cancellationToken: Cancelled);

        var lane = trainer.Lane(0);
        var expected = fixture.GetProperty("grads");
        RelativeError(Rows(lane.Layers[0].Weights, 12, 5, lane.Layers[0].Weights.Length / 16), Transposed(expected.GetProperty("W1")))
            .ShouldBeLessThan(1e-4);
        RelativeError(lane.Layers[0].Bias.Slice(0, 5).ToArray(), Numbers(expected.GetProperty("b1"))).ShouldBeLessThan(1e-4);
        RelativeError(Rows(lane.Layers[1].Weights, 5, 3, lane.Layers[1].Weights.Length / 16), Transposed(expected.GetProperty("W2")))
            .ShouldBeLessThan(1e-4);
        RelativeError(lane.Layers[1].Bias.Slice(0, 3).ToArray(), Numbers(expected.GetProperty("b2"))).ShouldBeLessThan(1e-4);
        RelativeError(lane.Output.Slice(0, 3).ToArray(), Numbers(expected.GetProperty("W3"))).ShouldBeLessThan(1e-4);
        RelativeError([(float)(lane.Bias / 16)], Numbers(expected.GetProperty("b"))).ShouldBeLessThan(1e-4);
        RelativeError(Embeddings(trainer.Current), Numbers(expected.GetProperty("v"))).ShouldBeLessThan(1e-4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Three_steps_of_Adam_lead_to_the_weights_of_the_fixture(int threads)
    {
        var weights = Weights("weights");
        using var trainer = new NetworkTrainer(weights, 16, threads);

        var losses = Enumerable
            .Range(0, 3)
            .Select(_ => trainer.Step(Rows(), All, 1e-3, default, cancellationToken: Cancelled) / 16)
            .ToArray();

        var expected = Weights("weights_after_3_adam_steps");
        foreach (var (ours, theirs) in weights.Parts().Zip(expected.Parts()))
        {
            Farthest(ours.Span, [.. theirs.Span.ToArray().Select(value => (double)value)]).ShouldBeLessThan(2e-6);
        }

        losses.Zip(Numbers(fixture.GetProperty("adam_losses"))).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    private static int[] All => [.. Enumerable.Range(0, 16)];

    private static NetworkShape Shape => new(19, [0, 1, 2], 4, [5, 3], HasBatchNorm: false);

    private RowBlock Rows()
    {
        var offsets = Numbers(fixture.GetProperty("offsets"));
        var ids = fixture
            .GetProperty("x")
            .EnumerateArray()
            .SelectMany(row => row.EnumerateArray().Select((id, field) => id.GetInt32() + (int)offsets[field]));
        return new RowBlock([.. ids], null, [.. Numbers(fixture.GetProperty("y")).Select(y => (byte)y)], null);
    }

    private NetworkWeights Weights(string name)
    {
        var source = fixture.GetProperty(name);
        var weights = new NetworkWeights(Shape);
        Fill(weights.First, Numbers(source.GetProperty("w")), 19);
        Fill(weights.Vectors, Numbers(source.GetProperty("v")), 76);
        Fill(weights.Biases, [Numbers(source.GetProperty("b"))[0], Numbers(source.GetProperty("b3"))[0]], 2);
        Fill(weights.Output, Numbers(source.GetProperty("W3")), 3);
        for (var i = 0; i < 2; i++)
        {
            var layer = weights.Layers[i];
            Fill(layer.Weights, Transposed(source.GetProperty($"W{i + 1}")), layer.Outputs, layer.OutputStride);
            Fill(layer.Bias, Numbers(source.GetProperty($"b{i + 1}")), layer.Outputs);
        }

        weights.Restore();
        return weights;
    }

    /// <summary>What the lanes leave for the embeddings, added up by id.</summary>
    private float[] Embeddings(Batch batch)
    {
        var sums = new float[76];
        for (var row = 0; row < 16; row++)
        {
            for (var at = 0; at < 12; at++)
            {
                sums[(Rows().Ids[(row * 3) + (at / 4)] * 4) + (at % 4)] += batch.EmbeddingDeltas.Span[(row * batch.EmbeddingStride) + at];
            }
        }

        return sums;
    }

    private static void Fill(AlignedFloats target, double[] values, int width, int? stride = null)
    {
        for (var i = 0; i < values.Length; i++)
        {
            target.Span[(i / width * (stride ?? width)) + (i % width)] = (float)values[i];
        }
    }

    private static float[] Rows(AlignedFloats values, int rows, int width, int stride) =>
        [.. Enumerable.Range(0, rows).SelectMany(row => values.Slice(row * stride, width).ToArray())];

    private static double[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().SelectMany(Numbers)] : [element.GetDouble()];

    /// <summary>PyTorch keeps outputs × inputs.</summary>
    private static double[] Transposed(JsonElement matrix)
    {
        var rows = matrix.EnumerateArray().Select(Numbers).ToArray();
        return [.. Enumerable.Range(0, rows[0].Length).SelectMany(column => rows.Select(row => row[column]))];
    }

    private static double Farthest(ReadOnlySpan<float> actual, double[] expected)
    {
        var farthest = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            farthest = Math.Max(farthest, Math.Abs(actual[i] - expected[i]));
        }

        return farthest;
    }

    /// <summary>The length of the difference over the length of what is expected.</summary>
    private static double RelativeError(float[] actual, double[] expected) =>
        Math.Sqrt(actual.Zip(expected, (a, e) => (a - e) * (a - e)).Sum() / expected.Sum(e => e * e));
}
