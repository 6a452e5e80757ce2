using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tradepost.Storage.Backups;

/// <summary>A checksum of rows that does not depend on their order: the sum of their SHA-256 in four lanes of 64 bits.</summary>
internal sealed class RowSum
{
    private readonly UInt128[] lanes = new UInt128[4];

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row, hash);
        for (var i = 0; i < lanes.Length; i++)
        {
            lanes[i] += BinaryPrimitives.ReadUInt64BigEndian(hash[(8 * i)..]);
        }

        Rows++;
    }

    public override string ToString() => Of(Rows, lanes.Select(lane => lane.ToString()));

    /// <summary>The checksum from a number of rows and the four sums.</summary>
    public static string Of(long rows, IEnumerable<string> sums) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rows}:{string.Join(':', sums)}")));
}
