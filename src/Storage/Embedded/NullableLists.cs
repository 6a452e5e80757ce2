using System.Collections.Concurrent;
using System.Reflection;
using DuckDB.NET.Data;

namespace Tradepost.Storage.Embedded;

/// <summary>Reads LIST and ARRAY columns whose elements may be null, which DuckDB.NET reads only when it is told so by the type.</summary>
internal static class NullableLists
{
    private static readonly ConcurrentDictionary<Type, Func<DuckDBDataReader, int, object>> Readers = new();

    /// <summary>The list of a row that is not null.</summary>
    /// <exception cref="NotSupportedException">The elements have no type here.</exception>
    public static object Read(DuckDBDataReader rows, int ordinal)
    {
        try
        {
            return Readers.GetOrAdd(rows.GetFieldType(ordinal), Create)(rows, ordinal);
        }
        catch (ArgumentException e)
        {
            throw new NotSupportedException("A list of this type cannot be read; cast it to VARCHAR in SQL.", e);
        }
    }

    private static Func<DuckDBDataReader, int, object> Create(Type type) =>
        typeof(NullableLists)
            .GetMethod(nameof(ReadAs), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(WithNulls(type))
            .CreateDelegate<Func<DuckDBDataReader, int, object>>();

    private static object ReadAs<T>(DuckDBDataReader rows, int ordinal)
        where T : notnull => rows.GetFieldValue<T>(ordinal);

    private static Type WithNulls(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)
            ? typeof(List<>).MakeGenericType(WithNulls(type.GetGenericArguments()[0]))
        : type.IsValueType ? typeof(Nullable<>).MakeGenericType(type)
        : type == typeof(Stream) ? throw new NotSupportedException("A list of BLOBs cannot be read; cast it to VARCHAR in SQL.")
        : type;
}
