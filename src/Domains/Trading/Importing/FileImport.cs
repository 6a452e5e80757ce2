using System.Data.Common;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Trading.Tapes;
using Tradepost.Trading.Writing;

namespace Tradepost.Trading.Importing;

/// <summary>
/// Brings files into the store, some hundred thousand rows in each transaction together with how far the file is: whoever is stopped goes on
/// there, and a file, or one that begins with it, is not read in twice.
/// </summary>
internal sealed class FileImport(Store store, DbConnection connection, TimeProvider clock)
{
    private readonly FileLedger ledger = new(connection, clock);
    private readonly DayPartitions partitions = new(store, clock);
    private readonly HashSet<long> days = [];
    private readonly RejectTable rejects = new(store, connection);

    /// <summary>Rows of a transaction, about.</summary>
    public int CommitRows { get; init; } = store.Dialect is PostgresDialect ? 200_000 : 1_000_000;

    public bool KeepRepeated { get; init; }

    public RejectRules Rules { get; init; } = new(new ImportOptions());

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

        Rules.Begin(known, await ledger.KeptAsync(entry.Id, cancellationToken));
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

        var state =
            known.Bytes == 0 ? "imported"
            : isComplete && entry.Id == known.Id ? "unchanged"
            : "continued";
        return new ImportedFile(
            file.Name,
            kind == TapeKind.Quotes ? "quotes" : "trades",
            entry.Lines,
            entry.Rows - known.Rows,
            entry.Rejected - known.Rejected,
            state
        );
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

    private async Task<LedgerEntry> WriteAsync(
        TapeFile file,
        TapeKind kind,
        LedgerEntry entry,
        LedgerEntry known,
        PortionReader portions,
        CancellationToken cancellationToken
    )
    {
        Portion? carried = null;
        var isLast = false;
        while (!isLast)
        {
            carried ??= await NextAsync(portions, cancellationToken);
            if (
                carried.IsLast
                && known.CompleteBytes == carried.CompleteBytes
                && entry.Rows == known.Rows
                && carried.Rows.Count == 0
                && carried.Rejects.Count == 0
            )
            {
                return known;
            }

            await MakeDaysAsync(carried, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var kept = new List<Reject>();
            var (rows, rejected) = (0L, entry.Rejected);
            await using (
                var writer = await store.BeginBulkWriteAsync(
                    connection,
                    TapeRows.TableOf(kind),
                    TapeRows.ColumnsOf(kind),
                    cancellationToken
                )
            )
            {
                while (carried is not null)
                {
                    await writer.WriteAsync(carried.Rows, cancellationToken);
                    rows += carried.Rows.Count;
                    kept.AddRange(carried.Rejects.Where(Rules.Keeps));
                    entry = Advance(entry, carried, file.Name);
                    isLast = carried.IsLast;
                    Rules.Check(entry, isLast);
                    portions.Return(carried);
                    carried = isLast ? null : await NextAsync(portions, cancellationToken);
                    if (carried is not null && (rows + entry.Rejected - rejected >= CommitRows || HasNewDay(carried)))
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

            await rejects.WriteAsync(entry, file.Name, kept, cancellationToken);
            await ledger.WriteAsync(entry, cancellationToken);
            await Fence(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            OnCommitted(entry.Rows);
        }

        return entry;
    }

    /// <summary>The next portion, or what kept the reader from making one.</summary>
    private static async Task<Portion> NextAsync(PortionReader portions, CancellationToken cancellationToken)
    {
        try
        {
            return await portions.Portions.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException e) when (e.InnerException is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
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
            await partitions.EnsureAsync(connection, days.Select(day => day * Moment.Day), cancellationToken);
        }
    }

    private static HashSet<long> DaysOf(Portion portion)
    {
        var found = new HashSet<long>();
        foreach (var timestamp in portion.Rows[2].Values<long>()[..portion.Rows.Count])
        {
            found.Add(timestamp / Moment.Day);
        }

        return found;
    }
}
