using System.Data.Common;
using System.Text;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Trading.Tapes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Importing;

/// <summary>
/// Brings files into the store, some hundred thousand rows in each transaction together with how far the file is: whoever is stopped goes on
/// there, and a file, or one that begins with it, is not read in twice.
/// </summary>
internal sealed class FileImport(Store store, DbConnection connection, TimeProvider clock)
{
    private const long MicrosecondsOfDay = 86_400_000_000;

    private static readonly IReadOnlyList<Column> RejectColumns =
    [
        new("file_id", ColumnType.Text, IsNullable: false), new("file", ColumnType.Text, IsNullable: false), new("line_number", ColumnType.BigInt, IsNullable: false),
        new("reason", ColumnType.Text, IsNullable: false), new("text", ColumnType.Text, IsNullable: false),
    ];

    private readonly FileLedger ledger = new(connection, clock);
    private readonly DayPartitions partitions = new(store, clock);
    private readonly HashSet<long> days = [];
    private readonly RowBatch rejects = new(RejectColumns);

    /// <summary>Rows of a transaction, about.</summary>
    public int CommitRows { get; init; } = store.Dialect is PostgresDialect ? 200_000 : 1_000_000;

    public bool KeepRepeated { get; init; }

    public DefectReport Report { get; } = new();

    /// <summary>Called in each transaction before it is committed.</summary>
    public Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Told how many rows of a file are in the store, at each commit.</summary>
    public Action<long> OnCommitted { get; init; } = _ => { };

    public async Task<ImportedFile> RunAsync(TapeFile file, TapeKind kind, CancellationToken cancellationToken)
    {
        var known = await FindAsync(file, cancellationToken);
        var isComplete = known.CompleteBytes is not null;

        // The entry of a complete file stays: a longer file that begins with it gets its own.
        var entry = isComplete ? known with { Id = Guid.CreateVersion7(clock.GetUtcNow()).ToString(), CompleteBytes = null } : known;
        using var reader = file.Read();
        if (known.Bytes == 0)
        {
            reader.TryRead(out _);
        }
        else if (!reader.TrySkip(known.Bytes, known.Lines))
        {
            throw new JobFailedException($"{file.Name} became shorter while it was read.");
        }

        var portions = new PortionReader(reader, kind, KeepRepeated) { KnownEnd = known.CompleteBytes };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = portions.RunAsync(stop.Token);
        try
        {
            entry = await WriteAsync(file, kind, entry with { Name = file.Name }, known, portions, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }

        var state = known.Bytes == 0 ? "imported" : isComplete && entry.Id == known.Id ? "unchanged" : "continued";
        return new ImportedFile(file.Name, kind == TapeKind.Quotes ? "quotes" : "trades", entry.Lines, entry.Rows - known.Rows, entry.Rejected - known.Rejected, state);
    }

    /// <summary>The longest beginning of a file that is in the store; an entry of nothing for a file that is new.</summary>
    private async Task<LedgerEntry> FindAsync(TapeFile file, CancellationToken cancellationToken)
    {
        string head;
        using (var reader = file.Read())
        {
            reader.TryRead(out _);
            reader.TryRead(out _);
            head = reader.Hash();
        }

        var found = new LedgerEntry(Guid.CreateVersion7(clock.GetUtcNow()).ToString(), file.Name, head, 0, "", 0, 0, 0, null);
        var candidates = await ledger.FindAsync(head, cancellationToken);
        if (candidates.Count == 0)
        {
            return found;
        }

        using var content = file.Read();
        foreach (var candidate in candidates)
        {
            if (!content.TrySkip(candidate.Bytes, candidate.Lines))
            {
                break;
            }

            found = content.Hash() == candidate.Hash ? candidate : found;
        }

        return found;
    }

    private async Task<LedgerEntry> WriteAsync(TapeFile file, TapeKind kind, LedgerEntry entry, LedgerEntry known, PortionReader portions, CancellationToken cancellationToken)
    {
        Portion? carried = null;
        var isLast = false;
        while (!isLast)
        {
            carried ??= await portions.Portions.ReadAsync(cancellationToken);
            if (carried.IsLast && known.CompleteBytes == carried.CompleteBytes && entry.Rows == known.Rows && carried.Rows.Count == 0 && carried.Rejects.Count == 0)
            {
                return known;
            }

            await MakeDaysAsync(carried, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var kept = new List<Reject>();
            var rows = 0L;
            await using (var writer = await store.BeginBulkWriteAsync(connection, TapeRows.TableOf(kind), TapeRows.ColumnsOf(kind), cancellationToken))
            {
                while (carried is not null)
                {
                    await writer.WriteAsync(carried.Rows, cancellationToken);
                    rows += carried.Rows.Count;
                    kept.AddRange(carried.Rejects);
                    entry = Advance(entry, carried, file.Name);
                    isLast = carried.IsLast;
                    portions.Return(carried);
                    carried = isLast ? null : await portions.Portions.ReadAsync(cancellationToken);
                    if (carried is not null && (rows + kept.Count >= CommitRows || HasNewDay(carried)))
                    {
                        break;
                    }
                }

                await writer.CompleteAsync(cancellationToken);
            }

            if (known.CompleteBytes is not null)
            {
                await ledger.ForgetCutAsync(known.Id, Defect.CutOff.Name(), cancellationToken);
            }

            await WriteRejectsAsync(entry, file.Name, kept, cancellationToken);
            await ledger.WriteAsync(entry, cancellationToken);
            await Fence(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            OnCommitted(entry.Rows);
        }

        return entry;
    }

    private LedgerEntry Advance(LedgerEntry entry, Portion portion, string name)
    {
        foreach (var reject in portion.Rejects)
        {
            Report.Add(reject.Defect, name, reject.LineNumber);
        }

        foreach (var (defect, line) in portion.Noted)
        {
            Report.Add(defect, name, line);
        }

        return entry with
        {
            Bytes = portion.Bytes,
            Hash = portion.Hash,
            Lines = Math.Max(entry.Lines, portion.Lines),
            Rows = entry.Rows + portion.Rows.Count,
            Rejected = entry.Rejected + portion.Rejects.Count,
            CompleteBytes = portion.CompleteBytes,
        };
    }

    private bool HasNewDay(Portion portion) => store.Dialect is PostgresDialect && DaysOf(portion).Any(day => !days.Contains(day));

    /// <summary>A partition cannot be made while rows are copied into its table.</summary>
    private async Task MakeDaysAsync(Portion portion, CancellationToken cancellationToken)
    {
        if (HasNewDay(portion))
        {
            days.UnionWith(DaysOf(portion));
            await partitions.EnsureAsync(connection, days.Select(day => day * MicrosecondsOfDay), cancellationToken);
        }
    }

    private static HashSet<long> DaysOf(Portion portion)
    {
        var found = new HashSet<long>();
        foreach (var timestamp in portion.Rows[2].Values<long>()[..portion.Rows.Count])
        {
            found.Add(timestamp / MicrosecondsOfDay);
        }

        return found;
    }

    private async Task WriteRejectsAsync(LedgerEntry entry, string name, List<Reject> kept, CancellationToken cancellationToken)
    {
        if (kept.Count == 0)
        {
            return;
        }

        await using var writer = await store.BeginBulkWriteAsync(connection, "collector_rejects", RejectColumns, cancellationToken);
        foreach (var part in kept.Chunk(rejects.Capacity))
        {
            rejects.Clear();
            foreach (var reject in part)
            {
                var row = rejects.Count++;
                rejects[0].AsText().Set(row, entry.Id.AsSpan());
                rejects[1].AsText().Set(row, name.AsSpan());
                rejects[2].Values<long>()[row] = reject.LineNumber;
                rejects[3].AsText().Set(row, reject.Defect.Name().AsSpan());
                rejects[4].AsText().Set(row, TextOf(reject.Text).AsSpan());
            }

            await writer.WriteAsync(rejects, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>As text that both stores take: neither broken UTF-8 nor zero bytes.</summary>
    private static string TextOf(byte[] line) => Encoding.UTF8.GetString(line).Replace('\0', '\uFFFD');
}
