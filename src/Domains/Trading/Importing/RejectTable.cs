using System.Data.Common;
using System.Text;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Importing;

/// <summary>Lines that are no rows, kept in <c>collector_rejects</c>.</summary>
internal sealed class RejectTable(Store store, DbConnection connection)
{
    private static readonly IReadOnlyList<Column> Columns =
    [
        new("file_id", ColumnType.Text, IsNullable: false),
        new("file", ColumnType.Text, IsNullable: false),
        new("line_number", ColumnType.BigInt, IsNullable: false),
        new("reason", ColumnType.Text, IsNullable: false),
        new("text", ColumnType.Text, IsNullable: false),
    ];

    private readonly RowBatch batch = new(Columns);

    public async Task WriteAsync(LedgerEntry entry, string name, List<Reject> kept, CancellationToken cancellationToken)
    {
        if (kept.Count == 0)
        {
            return;
        }

        await using var writer = await store.BeginBulkWriteAsync(connection, "collector_rejects", Columns, cancellationToken);
        foreach (var part in kept.Chunk(batch.Capacity))
        {
            batch.Clear();
            foreach (var reject in part)
            {
                var row = batch.Count++;
                batch[0].AsText().Set(row, entry.Id.AsSpan());
                batch[1].AsText().Set(row, name.AsSpan());
                batch[2].Values<long>()[row] = reject.LineNumber;
                batch[3].AsText().Set(row, reject.Defect.Name().AsSpan());
                batch[4].AsText().Set(row, TextOf(reject.Text).AsSpan());
            }

            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>As text that both stores take: neither broken UTF-8 nor zero bytes.</summary>
    private static string TextOf(byte[] line) => Encoding.UTF8.GetString(line).Replace('\0', '\uFFFD');
}
