using System.Collections;
using System.Runtime.InteropServices;
using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Types;

/// <summary>Native lists, structures and maps out of .NET collections.</summary>
internal static class NestedValue
{
    /// <summary>A LIST; its element type is that of the first element that is not null.</summary>
    public static ValueHandle OfList(IEnumerable elements)
    {
        using var values = new ValueList(elements);
        using var elementType = values.ElementType();
        return Values.List(elementType, values.Pointers, (ulong)values.Count);
    }

    /// <summary>A MAP; DuckDB refuses keys that are null or twice.</summary>
    public static ValueHandle OfMap(IDictionary entries)
    {
        using var keys = new ValueList(entries.Keys);
        using var values = new ValueList(entries.Values);
        using var keyType = keys.ElementType();
        using var valueType = values.ElementType();
        using var type = LogicalTypes.CreateMap(keyType.DangerousGetHandle(), valueType.DangerousGetHandle());
        return Values.Map(type, keys.Pointers, values.Pointers, (ulong)keys.Count);
    }

    /// <summary>A STRUCT with the dictionary's keys as fields, in its order.</summary>
    public static ValueHandle OfStruct(IDictionary<string, object?> fields)
    {
        using var values = new ValueList(fields.Values);
        var types = new nint[values.Count];
        var names = new nint[values.Count];
        try
        {
            for (var i = 0; i < types.Length; i++)
                types[i] = Values.BorrowedType(values[i]);
            var index = 0;
            foreach (var name in fields.Keys)
                names[index++] = Marshal.StringToCoTaskMemUTF8(name);
            using var type = LogicalTypes.CreateStruct(types, names, (ulong)names.Length);
            return Values.Struct(type, values.Pointers);
        }
        finally
        {
            foreach (var name in names)
                Marshal.FreeCoTaskMem(name);
        }
    }
}
