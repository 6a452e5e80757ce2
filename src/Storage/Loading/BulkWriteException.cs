using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Loading;

/// <summary>A value cannot be written into its column: the column, the number of the row in this write (from 1) and why.</summary>
public sealed class BulkWriteException(string column, long rowNumber, string message) : ForeseenException(FailureKind.Failed, message)
{
    public string Column { get; } = column;

    public long RowNumber { get; } = rowNumber;
}
