using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;
using Tradepost.Storage.Tables;
using Tradepost.Trading.Tapes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Importing;

/// <summary>What a load of files is told about quotes and trades: its tables of files and rejects, and the partitions of days.</summary>
internal sealed class FileImport(Store store, DbConnection connection, TimeProvider clock)
{
    private static readonly RejectTable Rejects = new(
        "collector_rejects",
        "file_id",
        "reason",
        [
            new Column("file_id", ColumnType.Text, IsNullable: false),
            new Column("file", ColumnType.Text, IsNullable: false),
            new Column("line_number", ColumnType.BigInt, IsNullable: false),
            new Column("reason", ColumnType.Text, IsNullable: false),
            new Column("text", ColumnType.Text, IsNullable: false),
        ],
        (batch, row, load, file, reject) =>
        {
            batch[0].AsText().Set(row, load.AsSpan());
            batch[1].AsText().Set(row, file.AsSpan());
            batch[2].Values<long>()[row] = reject.Line;
            batch[3].AsText().Set(row, reject.Rule.AsSpan());
            batch[4].AsText().Set(row, reject.Row.AsSpan());
        }
    );

    private readonly DayPartitions partitions = new(store, clock);
    private readonly HashSet<long> days = [];

    /// <summary>A load of files of that kind; those of one run are one after another in it.</summary>
    public FileLoad NewLoad(
        ImportOptions options,
        Func<DbConnection, CancellationToken, Task> fence,
        Action<long> onCommitted,
        int? commitRows = null
    ) =>
        new(store, connection, clock, Rejects, "import_files")
        {
            CommitRows = commitRows ?? store.Traits.RowsPerCommit,
            Bounds = new RejectBounds
            {
                Most = options.MaxRejects,
                MostPercent = options.MaxRejectShare,
                Harmless = Defect.RepeatedLine.Name(),
            },
            Fence = fence,
            OnCommitted = onCommitted,
            NeedsRoom = rows => store.Traits.HasPartitions && DaysOf(rows).Any(day => !days.Contains(day)),
            MakeRoomAsync = MakeDaysAsync,
        };

    /// <summary>A partition cannot be made while rows are copied into its table.</summary>
    private async Task MakeDaysAsync(RowBatch rows, CancellationToken cancellationToken)
    {
        days.UnionWith(DaysOf(rows));
        await partitions.EnsureAsync(connection, days.Select(day => day * Moment.Day), cancellationToken);
    }

    private static HashSet<long> DaysOf(RowBatch rows)
    {
        var found = new HashSet<long>();
        foreach (var timestamp in rows[2].Values<long>()[..rows.Count])
        {
            found.Add(timestamp / Moment.Day);
        }

        return found;
    }
}
