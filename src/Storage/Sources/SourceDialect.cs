using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>What differs between the SQL of the sources.</summary>
public abstract class SourceDialect
{
    /// <summary>A quoted identifier.</summary>
    public abstract string Name(string identifier);

    /// <summary>Days from 1970-01-01 to a time, 0 where there is none: the bucket of a row that has a date.</summary>
    public abstract string DayOf(string timeExpression);

    /// <summary>A number divided by a constant, rounded down, as a 32-bit integer; very large ones begin again at 0.</summary>
    public abstract string BlockOf(string integerExpression, int size);

    /// <summary>A number as a 64-bit integer.</summary>
    public abstract string AsBigInt(string expression);

    /// <summary>
    /// A non-negative 32-bit hash of a row's values, as a 64-bit integer. Stable within one source, not comparable between kinds of source.
    /// </summary>
    /// <param name="columns">What the values are read as.</param>
    /// <param name="sources">What the source says of them; a column that it was not asked about is missing.</param>
    public abstract string RowHash(IReadOnlyList<Column> columns, IReadOnlyDictionary<string, SourceColumn> sources);

    /// <summary>
    /// What makes the same hash from stored values; null where the store reads the source itself, or nothing is known of the columns.
    /// </summary>
    public virtual StoredRowHash? StoredHash(IReadOnlyList<Column> columns, IReadOnlyDictionary<string, SourceColumn> sources) => null;

    /// <summary>
    /// Whether a value can be read as a 64-bit key, as a condition that is never null. Null where the source's own type says that
    /// every value can.
    /// </summary>
    public abstract string? IsKey(string expression, SourceColumn column);

    /// <summary>
    /// A value of the source as the query gives it for a column of ours: null where the source has it and it cannot be kept as it is.
    /// Null where the reader sees to that itself, or the value has our type already.
    /// </summary>
    public virtual string? Converted(string expression, Column column, SourceColumn source) => null;

    /// <summary>Whether a column holds times without a zone, which mean what whoever wrote them meant.</summary>
    public virtual bool HasNoZone(SourceColumn column) => false;

    /// <summary>The same times in UTC, where the zone of a column without one is known and another.</summary>
    public virtual string? InUtc(string expression, SourceColumn column) => null;

    /// <summary>A timestamp literal.</summary>
    public abstract string Time(DateTime time);

    /// <summary>
    /// How many hashes <see cref="SumOfHashes"/> adds up exactly; of more, <see cref="AsBigInt"/> of a plain SUM is exact.
    /// </summary>
    public virtual long SummedExactly => long.MaxValue;

    /// <summary>The sum of the hashes of up to <see cref="SummedExactly"/> rows.</summary>
    public virtual string SumOfHashes(string hash) => AsBigInt($"SUM({hash})");
}
