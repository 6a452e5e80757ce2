using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>duckdb_decimal. The value is split in words because Int128 would ask for 16-byte alignment, which C does not.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeDecimal(byte width, byte scale, Int128 value)
{
    public readonly byte Width = width;
    public readonly byte Scale = scale;
    public readonly HugeInt Value = new(value);
}
