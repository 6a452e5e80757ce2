using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Values of fixed width, addressed by row.</summary>
public sealed class ValueBuffer<T>(Column column, int capacity) : ColumnBuffer(column, capacity)
    where T : unmanaged
{
    private readonly T[] values = new T[capacity];

    public Span<T> Values => values;
}
