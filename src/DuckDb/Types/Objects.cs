namespace Tradepost.DuckDb.Types;

/// <summary>Reads values as objects, nested ones included.</summary>
internal static class Objects
{
    /// <summary>The value in the type of <see cref="ClrTypes"/>, or null.</summary>
    public static object? Read(ColumnVector vector, int row)
    {
        if (vector.IsNull(row))
            return null;
        return vector.Type.Id switch
        {
            DuckDbType.Boolean => Scalars.Boolean(vector, row),
            DuckDbType.TinyInt => vector.Raw<sbyte>(row),
            DuckDbType.SmallInt => vector.Raw<short>(row),
            DuckDbType.Integer => vector.Raw<int>(row),
            DuckDbType.BigInt => vector.Raw<long>(row),
            DuckDbType.UTinyInt => vector.Raw<byte>(row),
            DuckDbType.USmallInt => vector.Raw<ushort>(row),
            DuckDbType.UInteger => vector.Raw<uint>(row),
            DuckDbType.UBigInt => vector.Raw<ulong>(row),
            DuckDbType.HugeInt or DuckDbType.UHugeInt or DuckDbType.Bignum => Scalars.BigInteger(vector, row),
            DuckDbType.Float => vector.Raw<float>(row),
            DuckDbType.Double => vector.Raw<double>(row),
            DuckDbType.Decimal => Scalars.Decimal(vector, row),
            DuckDbType.Varchar or DuckDbType.Enum or DuckDbType.Bit => Scalars.Text(vector, row),
            DuckDbType.Blob => Scalars.Blob(vector, row),
            DuckDbType.Date => Scalars.Date(vector, row),
            DuckDbType.Time => Scalars.TimeOfDay(vector, row),
            DuckDbType.Interval => vector.Raw<DuckDbInterval>(row),
            DuckDbType.Uuid => Scalars.Uuid(vector, row),
            DuckDbType.Timestamp or DuckDbType.TimestampS or DuckDbType.TimestampMs or DuckDbType.TimestampNs or DuckDbType.TimestampTz => Scalars.Timestamp(vector, row),
            DuckDbType.List or DuckDbType.Array => Lists.ReadArray(vector, row),
            DuckDbType.Struct => ReadStruct(vector, row),
            DuckDbType.Map => ReadMap(vector, row),
            DuckDbType.Union => ReadUnion(vector, row),
            _ => throw new NotSupportedException($"Values of type {vector.Type.Name} cannot be read; cast them to VARCHAR in SQL."),
        };
    }

    private static Dictionary<string, object?> ReadStruct(ColumnVector vector, int row)
    {
        var fields = new Dictionary<string, object?>(vector.Children.Length, StringComparer.Ordinal);
        for (var i = 0; i < vector.Children.Length; i++)
            fields[vector.Type.Labels[i]] = Read(vector.Children[i], row);
        return fields;
    }

    private static Dictionary<object, object?> ReadMap(ColumnVector vector, int row)
    {
        var (offset, length) = Lists.Range(vector, row);
        var entries = new Dictionary<object, object?>(length);
        for (var i = offset; i < offset + length; i++)
            entries[Read(vector.Children[0], i)!] = Read(vector.Children[1], i); // a map has no null keys
        return entries;
    }

    private static unsafe object? ReadUnion(ColumnVector vector, int row) => Read(vector.Children[vector.Tags[row]], row);
}
