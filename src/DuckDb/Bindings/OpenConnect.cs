using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Opening and connecting.</summary>
internal static partial class OpenConnect
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_open_ext", StringMarshalling = StringMarshalling.Utf8)]
    public static partial State Open(string? path, out DatabaseHandle database, ConfigHandle config, out nint error);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_connect")]
    public static partial State Connect(DatabaseHandle database, out ConnectionHandle connection);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_interrupt")]
    public static partial void Interrupt(ConnectionHandle connection);
}
