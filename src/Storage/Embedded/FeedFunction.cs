using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>
/// The table function that gives a statement the rows of a <see cref="RowFeed"/>. DuckDB.NET's table functions run on one thread and take values
/// as objects, so this one is bound to the C API itself (its chapter "Table Functions").
/// </summary>
internal static unsafe partial class FeedFunction
{
    private const string Library = "duckdb";
    private const string Name = "fed_rows";

    /// <summary>The rows of a feed as a table of SQL.</summary>
    public static string Table(RowFeed feed) => FormattableString.Invariant($"{Name}({feed.Number})");

    /// <summary>Makes the function known to all connections to a file, once; outside a transaction.</summary>
    public static void Register(EmbeddedConnection connection)
    {
        var function = Create();
        using var number = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.BigInt);
        SetName(function, Name);
        AddParameter(function, number.DangerousGetHandle());
        SetBind(function, &Bind);
        SetInit(function, &Begin);
        SetFunction(function, &Fetch);
        var isRegistered = RegisterFunction(connection.NativeConnection, function).IsSuccess();
        Destroy(ref function);
        if (!isRegistered)
        {
            throw new EmbeddedException($"DuckDB refused the function {Name}.", DuckDBErrorType.Catalog);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        var value = Parameter(info, 0);
        var number = Int64(value);
        DestroyValue(ref value);
        if (RowFeed.Find(number) is not { } feed)
        {
            SetBindError(info, "These rows were handed over before.");
            return;
        }

        for (var i = 0; i < feed.Columns.Count; i++)
        {
            AddColumn(info, feed.Columns[i], feed.Types[i].DangerousGetHandle());
        }

        SetBindData(info, (nint)number, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Begin(nint info) => SetMaxThreads(info, (ulong)(RowFeed.Find(InitBindData(info))?.MostThreads ?? 1));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fetch(nint info, nint chunk)
    {
        try
        {
            SetSize(chunk, (ulong)(RowFeed.Find(BindData(info))?.Fetch(chunk) ?? 0));
        }
        catch (Exception failure)
        {
            SetError(info, failure.Message); // an exception must not pass through the engine
        }
    }

    [LibraryImport(Library, EntryPoint = "duckdb_create_table_function")]
    private static partial nint Create();

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_table_function")]
    private static partial void Destroy(ref nint function);

    [LibraryImport(Library, EntryPoint = "duckdb_table_function_set_name", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetName(nint function, string name);

    [LibraryImport(Library, EntryPoint = "duckdb_table_function_add_parameter")]
    private static partial void AddParameter(nint function, nint type);

    [LibraryImport(Library, EntryPoint = "duckdb_table_function_set_bind")]
    private static partial void SetBind(nint function, delegate* unmanaged[Cdecl]<nint, void> bind);

    [LibraryImport(Library, EntryPoint = "duckdb_table_function_set_init")]
    private static partial void SetInit(nint function, delegate* unmanaged[Cdecl]<nint, void> init);

    [LibraryImport(Library, EntryPoint = "duckdb_table_function_set_function")]
    private static partial void SetFunction(nint function, delegate* unmanaged[Cdecl]<nint, nint, void> fetch);

    [LibraryImport(Library, EntryPoint = "duckdb_register_table_function")]
    private static partial DuckDBState RegisterFunction(DuckDBNativeConnection connection, nint function);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_get_parameter")]
    private static partial nint Parameter(nint info, ulong index);

    [LibraryImport(Library, EntryPoint = "duckdb_get_int64")]
    private static partial long Int64(nint value);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_value")]
    private static partial void DestroyValue(ref nint value);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_add_result_column", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void AddColumn(nint info, string name, nint type);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_set_bind_data")]
    private static partial void SetBindData(nint info, nint data, nint destroy);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_set_error", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetBindError(nint info, string message);

    [LibraryImport(Library, EntryPoint = "duckdb_init_get_bind_data")]
    private static partial nint InitBindData(nint info);

    [LibraryImport(Library, EntryPoint = "duckdb_init_set_max_threads")]
    private static partial void SetMaxThreads(nint info, ulong threads);

    [LibraryImport(Library, EntryPoint = "duckdb_function_get_bind_data")]
    private static partial nint BindData(nint info);

    [LibraryImport(Library, EntryPoint = "duckdb_function_set_error", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetError(nint info, string message);

    [LibraryImport(Library, EntryPoint = "duckdb_data_chunk_set_size")]
    private static partial void SetSize(nint chunk, ulong rows);
}
