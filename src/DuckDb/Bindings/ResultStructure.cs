using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>duckdb_result: six words, of which only the last is not deprecated. It is passed by value in places.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct ResultStructure
{
    private readonly ulong columnCount;
    private readonly ulong rowCount;
    private readonly ulong rowsChanged;
    private readonly nint columns;
    private readonly nint errorMessage;
    private readonly nint internalData;
}
