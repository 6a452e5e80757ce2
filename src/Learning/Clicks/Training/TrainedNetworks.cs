using System.Runtime.InteropServices;
using Tradepost.Learning.Clicks.Network;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>The networks that are trained: the members' weights, and every network's logits of the validation rows.</summary>
internal sealed class TrainedNetworks(int rows, int[] validation)
{
    private readonly int[] all = [.. Enumerable.Range(0, rows)];
    private readonly List<float[]> validationLogits = [];
    private int members;

    public List<NetworkWeights> Weights { get; } = [];

    /// <summary>Of each network, its best epoch.</summary>
    public List<int> Epochs { get; } = [];

    /// <summary>Of each row, the mean of the members' logits.</summary>
    public float[] MeanLogits { get; private set; } = [];

    public int Count => Epochs.Count;

    public void Add(NetworkRun run, bool isMember, bool keepsWeights, CancellationToken cancellationToken)
    {
        if (isMember)
        {
            var logits = run.Predict(all, cancellationToken);
            members++;
            MeanLogits = MeanLogits.Length == 0 ? new float[logits.Length] : MeanLogits;
            for (var i = 0; i < logits.Length; i++)
            {
                MeanLogits[i] += (logits[i] - MeanLogits[i]) / members;
            }

            validationLogits.Add([.. validation.Select(row => logits[row])]);
        }
        else
        {
            validationLogits.Add(run.Predict(validation, cancellationToken));
        }

        if (keepsWeights)
        {
            Weights.Add(run.Best);
        }

        Epochs.Add(run.BestEpoch);
    }

    public double[] MeanOfValidation(int first, int count) =>
        [
            .. Enumerable
                .Range(0, validation.Length)
                .Select(i => Enumerable.Range(first, count).Average(network => (double)validationLogits[network][i])),
        ];

    public double VarianceOfValidation(int first, int count, int i)
    {
        var mean = 0.0;
        for (var network = first; network < first + count; network++)
        {
            mean += validationLogits[network][i] / (double)count;
        }

        var sum = 0.0;
        for (var network = first; network < first + count; network++)
        {
            sum += (validationLogits[network][i] - mean) * (validationLogits[network][i] - mean);
        }

        return sum / (count - 1);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Epochs.Count);
        writer.Write(members);
        writer.Write(MeanLogits.Length);
        writer.Write(MemoryMarshal.AsBytes(MeanLogits.AsSpan()));
        for (var network = 0; network < Epochs.Count; network++)
        {
            writer.Write(Epochs[network]);
            writer.Write(MemoryMarshal.AsBytes(validationLogits[network].AsSpan()));
        }

        foreach (var part in Weights.SelectMany(weights => weights.Parts()))
        {
            FloatFile.Write(writer, part);
        }
    }

    public void Load(BinaryReader reader, Func<NetworkWeights> newWeights)
    {
        var count = reader.ReadInt32();
        members = reader.ReadInt32();
        MeanLogits = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(MeanLogits.AsSpan()));
        for (var network = 0; network < count; network++)
        {
            Epochs.Add(reader.ReadInt32());
            var logits = new float[validation.Length];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(logits.AsSpan()));
            validationLogits.Add(logits);
        }

        for (var member = 0; member < members; member++)
        {
            var weights = newWeights();
            foreach (var part in weights.Parts())
            {
                FloatFile.Read(reader, part);
            }

            weights.Restore();
            Weights.Add(weights);
        }
    }
}
