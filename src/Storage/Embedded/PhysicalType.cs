using System.Runtime.CompilerServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Tradepost.Storage.Embedded;

/// <summary>How a column's values lie in a chunk, so that nobody reads or writes them as something else.</summary>
/// <param name="Type">DuckDB's type; JSON is VARCHAR.</param>
/// <param name="Size">Bytes per value; 0 for texts, bytes and nested types.</param>
internal readonly record struct PhysicalType(DuckDBType Type, int Size)
{
    public bool IsText => Type is DuckDBType.Varchar or DuckDBType.Blob;

    public static PhysicalType Of(DuckDBLogicalType logical)
    {
        var type = LogicalType.DuckDBGetTypeId(logical);
        return new PhysicalType(
            type,
            SizeOf(
                type switch
                {
                    DuckDBType.Decimal => LogicalType.DuckDBDecimalInternalType(logical),
                    DuckDBType.Enum => LogicalType.DuckDBEnumInternalType(logical),
                    _ => type,
                }
            )
        );
    }

    /// <summary>Refuses another type than the values have.</summary>
    /// <exception cref="InvalidOperationException">The size of <typeparamref name="T"/> is not that of the column's values.</exception>
    public void Require<T>()
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != Size)
        {
            throw new InvalidOperationException(
                Size > 0
                    ? $"The values of a column of type {Type} have {Size} bytes, not the {Unsafe.SizeOf<T>()} of {typeof(T).Name}."
                    : $"The values of a column of type {Type} do not lie side by side: texts and bytes are read and written one by one, "
                        + "nested values not at all."
            );
        }
    }

    /// <summary>Refuses what is no text.</summary>
    /// <exception cref="InvalidOperationException">The column has neither texts nor bytes.</exception>
    public void RequireText()
    {
        if (!IsText)
        {
            throw new InvalidOperationException($"The column is of type {Type}, not VARCHAR, JSON or BLOB.");
        }
    }

    private static int SizeOf(DuckDBType type) =>
        type switch
        {
            DuckDBType.Boolean or DuckDBType.TinyInt or DuckDBType.UnsignedTinyInt => 1,
            DuckDBType.SmallInt or DuckDBType.UnsignedSmallInt => 2,
            DuckDBType.Integer or DuckDBType.UnsignedInteger or DuckDBType.Float or DuckDBType.Date => 4,
            DuckDBType.BigInt or DuckDBType.UnsignedBigInt or DuckDBType.Double or DuckDBType.Time => 8,
            DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs or DuckDBType.TimestampNs or DuckDBType.TimestampTz =>
                8,
            DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.Uuid or DuckDBType.Interval => 16,
            _ => 0,
        };
}
