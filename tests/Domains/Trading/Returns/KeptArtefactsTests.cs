using Tradepost.Trading.Returns.Publishing;

namespace Tradepost.Trading.Tests.Returns;

public sealed class KeptArtefactsTests
{
    private static readonly byte[] Bytes = new ReturnArtefact(6, new Dictionary<string, SymbolFit>()).ToBytes();

    [Fact]
    public async Task A_version_is_loaded_once_and_what_was_not_used_for_the_longest_goes_first()
    {
        var kept = new KeptArtefacts(2 * Bytes.Length);
        var loaded = new List<string>();

        foreach (var checksum in (string[])["a", "b", "a", "c", "a", "b"])
        {
            (await kept.GetAsync(checksum, () => LoadAsync(checksum))).Horizon.ShouldBe(6);
        }

        loaded.ShouldBe(["a", "b", "c", "b"]);

        Task<byte[]> LoadAsync(string checksum)
        {
            loaded.Add(checksum);
            return Task.FromResult(Bytes);
        }
    }
}
