using System.Runtime.InteropServices;

namespace Tradepost.DuckDb.Bindings;

/// <summary>Configuration.</summary>
internal static partial class Configuration
{
    [LibraryImport(Library.Name, EntryPoint = "duckdb_create_config")]
    public static partial State Create(out ConfigHandle config);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_set_config", StringMarshalling = StringMarshalling.Utf8)]
    public static partial State Set(ConfigHandle config, string name, string value);

    [LibraryImport(Library.Name, EntryPoint = "duckdb_destroy_config")]
    public static partial void Destroy(ref nint config);
}
