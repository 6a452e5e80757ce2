using System.Data.Common;
using System.Text;
using System.Text.Json.Nodes;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;

namespace Tradepost.Storage.Files;

/// <summary>
/// Loads CSV files into a table: strictly, some hundred thousand rows a transaction, each file once. Rows that break a rule are kept in
/// <c>rejects</c>. How a load goes is <see cref="FileLoad"/>'s to say.
/// </summary>
/// <param name="store">The store; it has <see cref="Migrations.StorageMigrations"/>.</param>
/// <param name="table">The table, which is there.</param>
/// <param name="clock">The time.</param>
public sealed class FileTableLoad(Store store, FileTable table, TimeProvider clock)
{
    /// <summary>What the user says about the form of the files.</summary>
    public TableForm Form { get; init; } = TableForm.Unsaid;

    /// <summary>Rows of a transaction, about.</summary>
    public int CommitRows { get; init; } = store.Traits.RowsPerCommit;

    public RejectBounds Bounds { get; init; } = new();

    /// <summary>Called in each transaction before it is committed.</summary>
    public Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Told the file and how many of its rows are in the store, at each commit.</summary>
    public Action<string, long> OnCommitted { get; init; } = (_, _) => { };

    /// <summary>Loads files; before a row is written it is known how each of them is read.</summary>
    /// <param name="paths">CSV files, compressed with gzip or not, or zip files of them.</param>
    /// <param name="cancellationToken">Ends it; it goes on there when it is begun again.</param>
    /// <exception cref="FileFormException">A file cannot be read into the table; nothing was written.</exception>
    /// <exception cref="TooManyRejectsException">A file has more rejects than may be.</exception>
    /// <exception cref="IOException">A file cannot be read further; what was committed stays.</exception>
    /// <exception cref="InvalidDataException">As before: it is damaged.</exception>
    public async Task<FileTableResult> RunAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var files = paths.SelectMany(DataFile.In).Select(file => (File: file, Form: new FormSearch(file, table, Form).Find())).ToList();
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var spared = await store.SpareCoreAsync(cancellationToken); // for the lines, which are read meanwhile
        var name = "";
        var load = new FileLoad(store, connection, clock, RejectTable.Of(table.Name, clock))
        {
            CommitRows = CommitRows,
            Bounds = Bounds,
            Fence = Fence,
            OnCommitted = rows => OnCommitted(name, rows),
        };
        var loaded = new List<LoadedFile>();
        foreach (var (file, form) in files)
        {
            name = file.Name;
            var encoding = form.Encoding == TextEncoding.Utf8 ? null : form.Encoding.Encoding;
            loaded.Add(
                await load.RunAsync(file with { Encoding = encoding }, new FileTableLines(name, table, form), cancellationToken) with
                {
                    ReadAs = form.ReadAs,
                    Ignored = form.Ignored,
                }
            );
        }

        return new FileTableResult(loaded, [.. load.Findings.Counts]);
    }

    /// <summary>
    /// Brings rejects of the table in that keep its rules now, because they were mended or the rules are others: in the form in which
    /// rejects keep them, with a decimal point and times as ISO 8601 writes them. The others stay. Gives how many came in.
    /// </summary>
    public async Task<long> ReplayAsync(CancellationToken cancellationToken)
    {
        var open = new OpenRejects(store);
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = new RowReading(table, [.. table.Columns.Select(CellForm.Plain)]);
        var (batches, passed) = (new List<RowBatch>(), 0L);
        foreach (var reject in await open.OfAsync(connection, table.Name, cancellationToken))
        {
            if (batches.Count == 0 || batches[^1].IsFull)
            {
                batches.Add(new RowBatch(table.Table.Columns));
            }

            rows.Begin(batches[^1]);
            if (TryRead(rows, reject))
            {
                await open.CloseAsync(connection, reject, clock.UtcMoment(), cancellationToken);
                passed++;
            }
        }

        await FileLoad.WriteRowsAsync(store, connection, table.Table, batches.ToAsyncEnumerable(), cancellationToken);
        await Fence(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return passed;
    }

    private bool TryRead(RowReading rows, RejectedRow reject)
    {
        if (reject.Row is not JsonObject values)
        {
            return false;
        }

        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (!values.TryGetPropertyValue(table.Columns[i].Name, out var value) || !rows.TryRead(i, Encoding.UTF8.GetBytes($"{value}")))
            {
                return false;
            }
        }

        return rows.TryEnd();
    }
}

/// <summary>What came of a load of files.</summary>
/// <param name="Files">Of each file.</param>
/// <param name="Findings">What was found in lines.</param>
public sealed record FileTableResult(IReadOnlyList<LoadedFile> Files, IReadOnlyList<FindingCount> Findings)
{
    /// <summary>Rows that were new.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>Rows that were kept aside.</summary>
    public long Rejected => Files.Sum(file => file.Rejected);
}
