namespace Tradepost.Trading.Returns.Publishing;

/// <summary>
/// What versions predict with, by its checksum: a process that predicts every hour reads each once. What has not been used for the longest
/// goes first when it is more than is to be kept. Thread safe.
/// </summary>
/// <param name="mostBytes">So much is kept, in bytes of what was registered.</param>
internal sealed class KeptArtefacts(long mostBytes)
{
    private const long MostBytesOfProcess = 256 << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (ReturnArtefact Artefact, long Bytes, long Used)> kept = [];
    private long bytes;
    private long uses;

    /// <summary>Those of this process.</summary>
    public static KeptArtefacts OfProcess { get; } = new(MostBytesOfProcess);

    /// <summary>The artefact with a checksum, which is loaded where it is not kept.</summary>
    public async Task<ReturnArtefact> GetAsync(string checksum, Func<Task<byte[]>> load)
    {
        lock (gate)
        {
            if (kept.TryGetValue(checksum, out var one))
            {
                kept[checksum] = (one.Artefact, one.Bytes, ++uses);
                return one.Artefact;
            }
        }

        var loaded = await load();
        var artefact = ReturnArtefact.FromBytes(loaded);
        lock (gate)
        {
            if (kept.TryAdd(checksum, (artefact, loaded.Length, ++uses)))
            {
                bytes += loaded.Length;
                Trim();
            }
        }

        return artefact;
    }

    private void Trim()
    {
        while (bytes > mostBytes && kept.Count > 0)
        {
            var oldest = kept.MinBy(one => one.Value.Used);
            kept.Remove(oldest.Key);
            bytes -= oldest.Value.Bytes;
        }
    }
}
