using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Tradepost.Storage.Embedded;

/// <summary>An error of DuckDB, with its own message (that of a query begins with the kind, as in <c>Constraint Error: …</c>).</summary>
public sealed class EmbeddedException : DbException
{
    private const string Opening = "DuckDBOpen failed: ";

    public EmbeddedException(string message, DuckDBErrorType errorType, Exception? innerException = null)
        : base(message, innerException) => ErrorType = errorType;

    public DuckDBErrorType ErrorType { get; }

    /// <summary>True for a conflict between two transactions: rolled back and repeated, the same work may succeed.</summary>
    public override bool IsTransient =>
        ErrorType == DuckDBErrorType.Transaction && Message.Contains("conflict", StringComparison.OrdinalIgnoreCase);

    internal static EmbeddedException Of(DuckDBException error)
    {
        var message = error.Message.StartsWith(Opening, StringComparison.Ordinal) ? error.Message[Opening.Length..] : error.Message;
        return new EmbeddedException(message, error.ErrorType == DuckDBErrorType.Invalid ? TypeIn(message) : error.ErrorType, error);
    }

    /// <summary>Where the native interface gives only a message, its first words say the kind.</summary>
    internal static EmbeddedException Of(string? message) =>
        new(message ?? "DuckDB reported an error without a message.", TypeIn(message ?? ""));

    private static DuckDBErrorType TypeIn(string message)
    {
        var end = Math.Max(0, message.IndexOf(" Error: ", StringComparison.Ordinal));
        return message[..end] switch
        {
            "TransactionContext" => DuckDBErrorType.Transaction,
            var words => Enum.TryParse<DuckDBErrorType>(words.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true, out var type)
                ? type
                : DuckDBErrorType.Invalid,
        };
    }
}
