using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>duckdb_hugeint and duckdb_uhugeint as C passes them: the low word first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct HugeInt(ulong lower, ulong upper)
{
    public readonly ulong Lower = lower;
    public readonly ulong Upper = upper;

    public HugeInt(Int128 value)
        : this((ulong)value, (ulong)(value >> 64))
    {
    }

    public HugeInt(UInt128 value)
        : this((ulong)value, (ulong)(value >> 64))
    {
    }
}
