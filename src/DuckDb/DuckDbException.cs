using System.Data.Common;

namespace Tradepost.DuckDb;

/// <summary>An error of DuckDB, with its own message (that of a query begins with the kind, as in <c>Constraint Error: …</c>).</summary>
public sealed class DuckDbException : DbException
{
    public DuckDbException()
        : this("DuckDB reported an error without a message.", DuckDbErrorType.Invalid)
    {
    }

    public DuckDbException(string message)
        : this(message, DuckDbErrorType.Invalid)
    {
    }

    public DuckDbException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public DuckDbException(string message, DuckDbErrorType errorType, Exception? innerException = null)
        : base(message, innerException) =>
        ErrorType = errorType;

    /// <summary>The kind of error.</summary>
    public DuckDbErrorType ErrorType { get; }

    /// <summary>True for a conflict between two transactions: rolled back and repeated, the same work may succeed.</summary>
    public override bool IsTransient =>
        ErrorType == DuckDbErrorType.Transaction && Message.Contains("conflict", StringComparison.OrdinalIgnoreCase);
}
