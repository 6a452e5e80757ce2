using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Data chunks.</summary>
internal static partial class DataChunks
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_data_chunk")]
    public static partial DataChunkHandle Create(ReadOnlySpan<nint> types, ulong count);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_data_chunk")]
    public static partial void Destroy(ref nint chunk);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_data_chunk_reset")]
    public static partial void Reset(DataChunkHandle chunk);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_data_chunk_get_vector")]
    [SuppressGCTransition]
    public static partial nint Vector(DataChunkHandle chunk, ulong column);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_data_chunk_get_size")]
    [SuppressGCTransition]
    public static partial ulong Size(DataChunkHandle chunk);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_data_chunk_set_size")]
    [SuppressGCTransition]
    public static partial void SetSize(DataChunkHandle chunk, ulong size);
}
