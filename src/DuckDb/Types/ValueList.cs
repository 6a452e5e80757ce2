using System.Collections;
using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Types;

/// <summary>The native values of a collection, for as long as a nested value is made of them.</summary>
internal sealed class ValueList : IDisposable
{
    private readonly List<ValueHandle> values = [];
    private readonly byte decimalScale;
    private readonly bool isDecimal;
    private readonly int typeIndex = -1;

    public ValueList(IEnumerable elements)
    {
        try
        {
            foreach (var element in elements)
            {
                if (element is decimal number)
                {
                    isDecimal = true;
                    decimalScale = Math.Max(decimalScale, number.Scale);
                }
                if (typeIndex < 0 && element is not (null or DBNull))
                    typeIndex = values.Count;
                values.Add(ParameterValue.Create(element));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Count => values.Count;

    /// <summary>The native pointers, valid until disposal.</summary>
    public nint[] Pointers => [.. values.Select(static value => value.DangerousGetHandle())];

    public ValueHandle this[int index] => values[index];

    /// <summary>The type all elements become: decimals get the largest scale among them.</summary>
    public LogicalTypeHandle ElementType()
    {
        if (isDecimal)
            return LogicalTypes.CreateDecimal(38, decimalScale);
        if (typeIndex < 0)
            return LogicalTypes.Create(DuckDbType.SqlNull);
        return LogicalTypes.Copy(Values.BorrowedType(values[typeIndex]));
    }

    public void Dispose()
    {
        foreach (var value in values)
            value.Dispose();
    }
}
