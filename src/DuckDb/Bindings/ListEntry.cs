using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>duckdb_list_entry: where a row's elements lie in the child vector.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ListEntry
{
    public readonly ulong Offset;
    public readonly ulong Length;
}
