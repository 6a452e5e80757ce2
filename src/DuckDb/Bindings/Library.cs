using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>The native library and the strings it hands out.</summary>
internal static partial class Library
{
    public const string Name = "duckdb";

    public static string Version { get; } = Marshal.PtrToStringUTF8(VersionPointer()) ?? "";

    /// <summary>Copies a string that DuckDB keeps.</summary>
    public static string? Borrowed(nint text) => Marshal.PtrToStringUTF8(text);

    /// <summary>Copies a string that DuckDB gave away, and frees it.</summary>
    public static string? Owned(nint text)
    {
        if (text == 0)
            return null;
        var copy = Marshal.PtrToStringUTF8(text);
        Free(text);
        return copy;
    }

    [LibraryImport(Name, EntryPoint = "duckdb_library_version")]
    private static partial nint VersionPointer();

    [LibraryImport(Name, EntryPoint = "duckdb_free")]
    private static partial void Free(nint pointer);
}
