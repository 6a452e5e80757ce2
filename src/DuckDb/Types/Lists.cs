using System.Collections;
using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Types;

/// <summary>Reads LIST and ARRAY values.</summary>
internal static class Lists
{
    /// <summary>Where a row's elements lie in the child vector.</summary>
    public static (int Offset, int Length) Range(ColumnVector vector, int row)
    {
        if (vector.Type.Id == DuckDbType.Array)
            return (row * vector.Type.ArrayLength, vector.Type.ArrayLength);
        ref readonly var entry = ref vector.Raw<ListEntry>(row);
        return (checked((int)entry.Offset), checked((int)entry.Length));
    }

    /// <summary>An array of the element's type; of its nullable form when an element is null.</summary>
    public static Array ReadArray(ColumnVector vector, int row)
    {
        var (offset, length) = Range(vector, row);
        var elements = vector.Children[0];
        var type = ClrTypes.Of(elements.Type);
        if (type.IsValueType && Enumerable.Range(offset, length).Any(elements.IsNull))
            type = typeof(Nullable<>).MakeGenericType(type);
        var array = Array.CreateInstance(type, length);
        for (var i = 0; i < length; i++)
            array.SetValue(Objects.Read(elements, offset + i), i);
        return array;
    }

    public static T[] ReadArray<T>(ColumnVector vector, int row)
    {
        var (offset, length) = Range(vector, row);
        var array = new T[length];
        for (var i = 0; i < length; i++)
            array[i] = FieldReader<T>.ReadElement(vector.Children[0], offset + i);
        return array;
    }

    public static List<T> ReadList<T>(ColumnVector vector, int row) => [.. ReadArray<T>(vector, row)];

    public static bool IsListType(Type type) => type.IsArray
        ? type != typeof(byte[])
        : type.IsGenericType && typeof(IList).IsAssignableFrom(type) && type.GetGenericTypeDefinition() == typeof(List<>);
}
