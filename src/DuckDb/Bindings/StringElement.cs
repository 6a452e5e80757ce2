using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>duckdb_string_t: up to 12 bytes inline behind the length, longer ones behind a four-byte prefix and a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal readonly unsafe struct StringElement
{
    public const int InlineLength = 12;

    [FieldOffset(0)]
    private readonly uint length;

    [FieldOffset(8)]
    private readonly byte* pointer;

    public static ReadOnlySpan<byte> Bytes(StringElement* element) => element->length <= InlineLength
        ? new ReadOnlySpan<byte>((byte*)element + 4, (int)element->length)
        : new ReadOnlySpan<byte>(element->pointer, checked((int)element->length));

    /// <summary>Writes a text of at most <see cref="InlineLength"/> bytes; the unused bytes must be zero, comparisons read them.</summary>
    public static void WriteInline(StringElement* element, ReadOnlySpan<byte> text)
    {
        var words = (ulong*)element;
        words[0] = 0;
        words[1] = 0;
        *(uint*)element = (uint)text.Length;
        text.CopyTo(new Span<byte>((byte*)element + 4, InlineLength));
    }
}
