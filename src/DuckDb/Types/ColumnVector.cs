using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Types;

/// <summary>One column's memory in the current chunk. Attached anew for every chunk, it is read without further native calls.</summary>
internal sealed unsafe class ColumnVector
{
    private byte* data;
    private ulong* validity;

    public ColumnVector(TypeDescription type)
    {
        Type = type;
        Children = [.. type.Children.Select(static child => new ColumnVector(child))];
    }

    public TypeDescription Type { get; }

    public ColumnVector[] Children { get; }

    /// <summary>The tag of a union: which member each row holds.</summary>
    public byte* Tags { get; private set; }

    public bool HasNulls(int count)
    {
        if (validity is null)
            return false;
        for (var row = 0; row < count; row++)
        {
            if (IsNull(row))
                return true;
        }
        return false;
    }

    public void Attach(nint vector)
    {
        data = (byte*)Vectors.Data(vector);
        validity = Vectors.Validity(vector);
        switch (Type.Id)
        {
            case DuckDbType.List:
                Children[0].Attach(Vectors.ListChild(vector));
                break;
            case DuckDbType.Array:
                Children[0].Attach(Vectors.ArrayChild(vector));
                break;
            case DuckDbType.Map:
                AttachFields(Vectors.ListChild(vector), first: 0);
                break;
            case DuckDbType.Struct:
                AttachFields(vector, first: 0);
                break;
            case DuckDbType.Union:
                Tags = (byte*)Vectors.Data(Vectors.StructChild(vector, 0));
                AttachFields(vector, first: 1);
                break;
        }
    }

    public bool IsNull(int row) => validity is not null && (validity[row >> 6] & (1UL << row)) == 0;

    public ref readonly T Raw<T>(int row)
        where T : unmanaged => ref ((T*)data)[row];

    public ReadOnlySpan<T> Span<T>(int count)
        where T : unmanaged => new(data, count);

    /// <summary>The bytes of a VARCHAR, BLOB, BIT or BIGNUM.</summary>
    public ReadOnlySpan<byte> Bytes(int row) => StringElement.Bytes((StringElement*)data + row);

    private void AttachFields(nint structure, int first)
    {
        for (var i = 0; i < Children.Length; i++)
            Children[i].Attach(Vectors.StructChild(structure, (ulong)(first + i)));
    }
}
