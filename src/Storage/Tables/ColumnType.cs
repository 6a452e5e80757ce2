namespace Tradepost.Storage.Tables;

/// <summary>The types Tradepost's tables use. Each has one representation in a <see cref="Loading.RowBatch"/> and one per store.</summary>
public enum ColumnType
{
    Boolean,

    /// <summary>32-bit signed integer.</summary>
    Integer,

    /// <summary>64-bit signed integer.</summary>
    BigInt,

    /// <summary>Exact decimal, kept as an unscaled integer: of 64 bits up to 18 digits, of 128 up to 38.</summary>
    Decimal,
    Double,
    Text,

    /// <summary>A calendar day, kept as days since 1970-01-01.</summary>
    Date,

    /// <summary>A moment without time zone, kept as microseconds since 1970-01-01T00:00:00.</summary>
    Timestamp,
    Uuid,
    Json,
    Binary,
}
