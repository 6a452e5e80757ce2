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

    /// <summary>A non-negative 32-bit hash of a row's values, as a 64-bit integer. Stable within one source, not comparable between kinds of source.</summary>
    public abstract string RowHash(IEnumerable<(string Expression, bool IsNullable)> values);

    /// <summary>A timestamp literal.</summary>
    public abstract string Time(DateTime time);

    /// <summary>How many hashes <see cref="SumOfHashes"/> adds up exactly; of more, <see cref="AsBigInt"/> of a plain SUM is exact.</summary>
    public virtual long SummedExactly => long.MaxValue;

    /// <summary>The sum of the hashes of up to <see cref="SummedExactly"/> rows.</summary>
    public virtual string SumOfHashes(string hash) => AsBigInt($"SUM({hash})");
}
