using System.Runtime.InteropServices;

namespace Tradepost.Learning.Clicks.Network;

/// <summary>Numbers that begin at a cache line and stay where they are, so that vectors do not straddle two lines. Zero at first.</summary>
internal sealed class AlignedFloats
{
    private const int LineBytes = 64;

    private readonly float[] array;
    private readonly int begin;

    public AlignedFloats(int length)
    {
        array = GC.AllocateArray<float>(length + (LineBytes / sizeof(float)), pinned: true);
        begin = (int)((LineBytes - (Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) % LineBytes)) % LineBytes / sizeof(float));
        Length = length;
    }

    public int Length { get; }

    public Span<float> Span => array.AsSpan(begin, Length);

    public ref float First => ref array[begin];

    public Span<float> Slice(int start, int length) => Span.Slice(start, length);

    public void CopyTo(AlignedFloats other) => Span.CopyTo(other.Span);
}
