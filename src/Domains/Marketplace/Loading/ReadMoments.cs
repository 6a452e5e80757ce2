using System.Runtime.InteropServices;

namespace Tradepost.Marketplace.Loading;

/// <summary>Times of a column that were read before: files say the same days again and again.</summary>
internal sealed class ReadMoments
{
    private const int Places = 256;
    private const int Shortest = 8;
    private const int Longest = 16;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly (ulong First, ulong Last, int Length, long Moment)[] known = new (ulong, ulong, int, long)[Places];

    /// <summary>The moment of a cell that was kept, of 8 to 16 bytes.</summary>
    public bool TryFind(ReadOnlySpan<byte> cell, out long moment)
    {
        moment = 0;
        if (cell.Length is < Shortest or > Longest)
        {
            return false;
        }

        var (first, last) = EndsOf(cell);
        ref var place = ref known[PlaceOf(first, last)];
        moment = place.Moment;
        return place.First == first && place.Last == last && place.Length == cell.Length;
    }

    /// <summary>Keeps what a cell was read as.</summary>
    public void Keep(ReadOnlySpan<byte> cell, long moment)
    {
        if (cell.Length is >= Shortest and <= Longest)
        {
            var (first, last) = EndsOf(cell);
            known[PlaceOf(first, last)] = (first, last, cell.Length, moment);
        }
    }

    /// <summary>All bytes: those of the middle are in both.</summary>
    private static (ulong First, ulong Last) EndsOf(ReadOnlySpan<byte> cell) =>
        (MemoryMarshal.Read<ulong>(cell), MemoryMarshal.Read<ulong>(cell[^Shortest..]));

    private static int PlaceOf(ulong first, ulong last) => (int)(((first ^ (last * Spread)) * Spread) >> 56);
}
