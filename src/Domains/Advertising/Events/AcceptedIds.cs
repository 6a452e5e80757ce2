using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tradepost.Advertising.Events;

/// <summary>Which ids were accepted lately: at least the last so many, at most twice as many. Thread-safe.</summary>
/// <param name="most">How many are remembered at least.</param>
internal sealed class AcceptedIds(int most)
{
    private readonly Lock gate = new();
    private HashSet<UInt128> newest = [];
    private HashSet<UInt128> before = [];

    /// <summary>Whether an id was accepted lately.</summary>
    public bool Has(string id)
    {
        var mark = MarkOf(id);
        lock (gate)
        {
            return newest.Contains(mark) || before.Contains(mark);
        }
    }

    /// <summary>Remembers an id.</summary>
    public void Add(string id)
    {
        var mark = MarkOf(id);
        lock (gate)
        {
            if (newest.Count >= most)
            {
                (before, newest) = (newest, []);
            }

            newest.Add(mark);
        }
    }

    // 128 bits of a hash that nobody finds two texts for: a remembered id takes no more, however long it is.
    private static UInt128 MarkOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
