using System.Numerics;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>Types as SQL writes them.</summary>
internal static class SqlTypeNames
{
    private static readonly Dictionary<Type, string> Elements = new()
    {
        [typeof(bool)] = "BOOLEAN",
        [typeof(sbyte)] = "TINYINT",
        [typeof(short)] = "SMALLINT",
        [typeof(int)] = "INTEGER",
        [typeof(long)] = "BIGINT",
        [typeof(byte)] = "UTINYINT",
        [typeof(ushort)] = "USMALLINT",
        [typeof(uint)] = "UINTEGER",
        [typeof(ulong)] = "UBIGINT",
        [typeof(BigInteger)] = "HUGEINT",
        [typeof(float)] = "FLOAT",
        [typeof(double)] = "DOUBLE",
        [typeof(decimal)] = "DECIMAL",
        [typeof(string)] = "VARCHAR",
        [typeof(Stream)] = "BLOB",
        [typeof(DateOnly)] = "DATE",
        [typeof(TimeOnly)] = "TIME",
        [typeof(DateTime)] = "TIMESTAMP",
        [typeof(TimeSpan)] = "INTERVAL",
        [typeof(Guid)] = "UUID",
    };

    /// <summary>The name of a column's type.</summary>
    /// <param name="type">DuckDB.NET's word.</param>
    /// <param name="read">The type that a list is read as, which is all that DuckDB.NET tells of its elements.</param>
    public static string Of(DuckDBType type, Func<Type> read) =>
        type switch
        {
            DuckDBType.UnsignedTinyInt => "UTINYINT",
            DuckDBType.UnsignedSmallInt => "USMALLINT",
            DuckDBType.UnsignedInteger => "UINTEGER",
            DuckDBType.UnsignedBigInt => "UBIGINT",
            DuckDBType.UnsignedHugeInt => "UHUGEINT",
            DuckDBType.VarInt => "BIGNUM",
            DuckDBType.TimestampS => "TIMESTAMP_S",
            DuckDBType.TimestampMs => "TIMESTAMP_MS",
            DuckDBType.TimestampNs => "TIMESTAMP_NS",
            DuckDBType.TimestampTz => "TIMESTAMP WITH TIME ZONE",
            DuckDBType.TimeTz => "TIME WITH TIME ZONE",
            DuckDBType.SqlNull => "NULL",
            DuckDBType.List or DuckDBType.Array => Element(read()),
            _ => type.ToString().ToUpperInvariant(),
        };

    private static string Element(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? Element(type.GetGenericArguments()[0]) + "[]"
        : Elements.TryGetValue(type, out var name) ? name
        : !type.IsGenericType ? "ANY"
        : type == typeof(Dictionary<string, object>) ? "STRUCT"
        : "MAP";
}
