using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Files;

/// <summary>
/// Brings files into a store, some hundred thousand rows in each transaction together with how far the file is: whoever is stopped goes on
/// there, and a file, or one that begins with it, is not read in twice.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="connection">A session of it that nobody else uses meanwhile.</param>
/// <param name="clock">The time.</param>
/// <param name="rejects">Where lines are kept that are no rows.</param>
/// <param name="ledgerTable">Where it stands how far each file is; null for the one of all tables.</param>
public sealed class FileLoad(Store store, DbConnection connection, TimeProvider clock, RejectTable rejects, string? ledgerTable = null)
{
    private const string SharedLedger = "file_loads";

    private readonly FileLedger ledger = new(connection, ledgerTable ?? SharedLedger, clock);

    /// <summary>Rows of a transaction, about.</summary>
    public int CommitRows { get; init; } = store.Traits.RowsPerCommit;

    /// <summary>Whether a transaction goes on beyond those, told how many it has.</summary>
    public Func<long, bool> GoesOn { get; init; } = _ => false;

    public RejectBounds Bounds { get; init; } = new();

    public Findings Findings { get; } = new();

    /// <summary>Called in each transaction before it is committed.</summary>
    public Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Told how many rows of a file are in the store, at each commit.</summary>
    public Action<long> OnCommitted { get; init; } = _ => { };

    /// <summary>Writes the rows of a transaction, which is open; null: into the parser's table, by its key where it has one.</summary>
    public Func<DbConnection, IAsyncEnumerable<RowBatch>, CancellationToken, Task>? WriteRows { get; init; }

    /// <summary>Whether something has to be made before rows can be written, outside a transaction: a partition.</summary>
    public Func<RowBatch, bool> NeedsRoom { get; init; } = _ => false;

    /// <summary>Makes it.</summary>
    public Func<RowBatch, CancellationToken, Task> MakeRoomAsync { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Brings a file in, from where it is.</summary>
    /// <exception cref="TooManyRejectsException">Too many lines are no rows.</exception>
    /// <exception cref="IOException">The file cannot be read further; what was committed stays.</exception>
    /// <exception cref="InvalidDataException">As before: its content is no such file's.</exception>
    public async Task<LoadedFile> RunAsync(DataFile file, LineParser parser, CancellationToken cancellationToken)
    {
        var known = await FindAsync(file, parser, cancellationToken);
        var isComplete = known.CompleteBytes is not null;

        // The entry of a complete file stays: a longer file that begins with it gets its own.
        var entry = isComplete ? known with { Id = NewId(), CompleteBytes = null } : known;
        using var reader = file.Read(parser.IsOpen);
        if (known.Bytes == 0)
        {
            ReadLines(reader, parser.HeaderLines);
        }
        else if (!reader.TrySkip(known.Bytes, known.Lines))
        {
            throw new IOException("It became shorter while it was read.");
        }
        else if (!reader.TryEndLine())
        {
            throw new InvalidDataException(
                $"Line {known.Lines} was loaded when the file ended in its middle, and goes on now. Remove the file's rows and its entry "
                    + $"in {ledgerTable ?? SharedLedger}, and load it anew."
            );
        }

        Bounds.Begin(await rejects.KeptAsync(connection, entry.Id, cancellationToken));
        var portions = new PortionReader(reader, parser) { KnownEnd = known.CompleteBytes };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = portions.RunAsync(stop.Token);
        try
        {
            entry = await WriteAsync(parser, entry with { Name = file.Name }, known, portions, cancellationToken);
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
        return new LoadedFile(file.Name, entry.Lines, entry.Rows - known.Rows, entry.Rejected - known.Rejected, state);
    }

    /// <summary>The longest beginning of a file that is in the store; an entry of nothing for a file that is new.</summary>
    private async Task<LedgerEntry> FindAsync(DataFile file, LineParser parser, CancellationToken cancellationToken)
    {
        string head;
        using (var reader = file.Read(parser.IsOpen))
        {
            ReadLines(reader, parser.HeaderLines + 1);
            head = HeadOf(reader.Hash(), parser);
        }

        var found = new LedgerEntry(NewId(), file.Name, head, 0, "", 0, 0, 0, null);
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

    /// <summary>In the ledger of all tables, a file is one for each that it is loaded into.</summary>
    private string HeadOf(string hash, LineParser parser) =>
        ledgerTable is null ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{parser.Table.Name}\n{hash}"))) : hash;

    private string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    private static void ReadLines(LineReader reader, int count)
    {
        for (var i = 0; i < count; i++)
        {
            reader.TryRead(out _);
        }
    }

    private async Task<LedgerEntry> WriteAsync(
        LineParser parser,
        LedgerEntry entry,
        LedgerEntry known,
        PortionReader portions,
        CancellationToken cancellationToken
    )
    {
        var part = new Part(entry, (known.Rejected, known.Lines), await NextAsync(portions, cancellationToken));
        while (part.Next is { } first)
        {
            if (
                first.IsLast
                && known.CompleteBytes == first.CompleteBytes
                && part.Entry.Rows == known.Rows
                && first.Rows.Count == 0
                && first.Rejects.Count == 0
            )
            {
                return known;
            }

            if (NeedsRoom(first.Rows))
            {
                await MakeRoomAsync(first.Rows, cancellationToken);
            }

            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            part.Kept.Clear();
            var rows = TakeAsync(part, portions, cancellationToken);
            await (
                WriteRows?.Invoke(connection, rows, cancellationToken)
                ?? WriteRowsAsync(store, connection, parser.Table, rows, cancellationToken)
            );
            if (known.CompleteBytes is not null)
            {
                await rejects.ForgetAsync(connection, known.Id, PortionReader.CutOff, cancellationToken);
            }

            await rejects.WriteAsync(store, connection, part.Entry.Id, part.Entry.Name, part.Kept, cancellationToken);
            await ledger.WriteAsync(part.Entry, cancellationToken);
            await Fence(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            OnCommitted(part.Entry.Rows);
        }

        return part.Entry;
    }

    /// <summary>Writes rows into a table, by its key where it has one, within the transaction of the connection.</summary>
    internal static async Task WriteRowsAsync(
        Store store,
        DbConnection connection,
        Table table,
        IAsyncEnumerable<RowBatch> batches,
        CancellationToken cancellationToken
    )
    {
        if (table.Key.Count > 0)
        {
            await new Upsert(store, connection, table).RunAsync(batches, cancellationToken);
            return;
        }

        await using var writer = await store.BeginBulkWriteAsync(connection, table.Name, table.Columns, cancellationToken);
        await foreach (var batch in batches)
        {
            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>The rows of one transaction; what comes behind them is left for the next.</summary>
    private async IAsyncEnumerable<RowBatch> TakeAsync(
        Part part,
        PortionReader portions,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (rows, rejected) = (0L, part.Entry.Rejected);
        while (part.Next is { } portion)
        {
            yield return portion.Rows;
            rows += portion.Rows.Count;
            part.Kept.AddRange(portion.Rejects.Where(Bounds.Keeps));
            part.Entry = Advance(part.Entry, portion);
            Bounds.Check(part.Entry.Name, part.Entry.Rejected, part.Entry.Lines, part.Before, portion.IsLast);
            var isLast = portion.IsLast;
            portions.Return(portion);
            part.Next = isLast ? null : await NextAsync(portions, cancellationToken);
            var taken = rows + part.Entry.Rejected - rejected;
            if (part.Next is { } next && ((taken >= CommitRows && !GoesOn(taken)) || NeedsRoom(next.Rows)))
            {
                yield break;
            }
        }
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

    private LedgerEntry Advance(LedgerEntry entry, Portion portion)
    {
        foreach (var reject in portion.Rejects)
        {
            Findings.Add(reject.Rule, isRow: false, entry.Name, reject.Line);
        }

        foreach (var (rule, line) in portion.Noted)
        {
            Findings.Add(rule, isRow: true, entry.Name, line);
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

    /// <summary>How far a file is, and what comes next.</summary>
    private sealed class Part(LedgerEntry entry, (long Rejected, long Lines) before, Portion? next)
    {
        public LedgerEntry Entry { get; set; } = entry;

        public (long Rejected, long Lines) Before { get; } = before;

        public Portion? Next { get; set; } = next;

        public List<Reject> Kept { get; } = [];
    }
}

/// <summary>What came of one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Lines">Lines of it that are done, the header included.</param>
/// <param name="Rows">Rows of these that were new in this run.</param>
/// <param name="Rejected">Lines that were no rows in this run.</param>
/// <param name="State">imported, continued (its beginning was there) or unchanged (all of it was).</param>
public sealed record LoadedFile(string File, long Lines, long Rows, long Rejected, string State)
{
    /// <summary>How it was understood, in words; null where that is fixed.</summary>
    public string? ReadAs { get; init; }

    /// <summary>Its columns that were passed over.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];
}
