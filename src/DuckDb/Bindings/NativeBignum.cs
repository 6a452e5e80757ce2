using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>duckdb_bignum: the magnitude's bytes, most significant first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeBignum(nint data, ulong size, byte isNegative)
{
    public readonly nint Data = data;
    public readonly ulong Size = size;
    public readonly byte IsNegative = isNegative;
}
