using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Loading;

/// <summary>
/// Writes rows of a file or of a collection into the domain's tables, each part of it in the transaction that is open. Rows that cannot meet another, of days
/// that the store has none of, go straight into <c>features_daily</c>; all others into a table beside, from which SQL merges them.
/// </summary>
internal sealed class ListingWrite
{
    private const string Rows = "load_rows";
    private const string Days = "features_daily";

    /// <summary>First and last days of products whose rows are in place already.</summary>
    private const string Seen = "load_seen";

    private static readonly string[] Work =
    [
        Rows,
        Seen,
        "load_days",
        "load_products",
        "load_merchants",
        "load_offers",
        "load_offer_days",
        "load_pairs",
        "load_history",
    ];

    private readonly Store store;
    private readonly RowShape shape;
    private readonly MergeSteps steps;
    private readonly (int First, int Last)? known;
    private readonly int merchant;
    private readonly int price;
    private readonly int seenAt;
    private bool isWriting;
    private RowBatch? judged;
    private bool isJudgedStraight;

    /// <summary>Writes rows of a file.</summary>
    /// <param name="store">The store.</param>
    /// <param name="shape">What the rows are.</param>
    /// <param name="known">The days that <c>features_daily</c> has rows of, as numbers; null where it has none.</param>
    public ListingWrite(Store store, RowShape shape, (int First, int Last)? known)
    {
        (this.store, this.shape, this.known) = (store, shape, known);
        steps = new MergeSteps(store.Dialect, shape);
        MayGoStraight = shape.Layout.Count == ListingColumns.Always.Count && shape.Kind == ListingKind.Products;
        (merchant, price, seenAt) = (At(ListingColumns.MerchantId), At(ListingColumns.Price), At(ListingColumns.SeenAt));
    }

    /// <summary>Whether rows have nothing but features.</summary>
    public bool MayGoStraight { get; }

    /// <summary>Whether the rows of the part that was begun last do so.</summary>
    public bool GoesStraight { get; private set; }

    /// <summary>What the rows were of.</summary>
    public RowTally Tally { get; } = new();

    /// <summary>Rows that were inserted, changed or removed in the domain's tables.</summary>
    public long Changed { get; private set; }

    /// <summary>Whether the part that is written has to end before a batch, because it goes straight and the batch does not.</summary>
    public bool Divides(RowBatch next) => GoesStraight && !IsStraight(next);

    /// <summary>Writes a part, within the transaction of the connection.</summary>
    public async Task WriteAsync(DbConnection connection, IAsyncEnumerable<RowBatch> batches, CancellationToken cancellationToken)
    {
        await DropWorkAsync(connection, cancellationToken);
        await connection.ExecuteAsync(store.Dialect.ReadyForLargeWork, null, cancellationToken);
        foreach (var (table, columns) in new[] { (Rows, ListingColumns.All), (Seen, SeenSpans.Columns) })
        {
            await connection.ExecuteAsync(
                $"CREATE TEMP TABLE {table} ({store.Dialect.ColumnDefinitions(columns)})",
                null,
                cancellationToken
            );
        }

        var rest = await GoStraightAsync(connection, batches, cancellationToken);
        await using (var writer = await store.BeginBulkWriteAsync(connection, Seen, SeenSpans.Columns, cancellationToken))
        {
            foreach (var batch in rest.Seen)
            {
                await writer.WriteAsync(batch, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        await using (var writer = await store.BeginBulkWriteAsync(connection, Rows, shape.Layout, cancellationToken))
        {
            if (rest.Left is { } left)
            {
                await writer.WriteAsync(left, cancellationToken);
            }

            await foreach (var batch in rest.Following.WithCancellation(cancellationToken))
            {
                Count(batch);
                await writer.WriteAsync(batch, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        foreach (var (statement, isCounted) in steps.Statements)
        {
            var rows = await connection.ExecuteAsync(statement, null, cancellationToken);
            Changed += isCounted ? rows : 0;
        }

        await DropWorkAsync(connection, cancellationToken);
    }

    private static async Task DropWorkAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var table in Work)
        {
            await connection.ExecuteAsync($"DROP TABLE IF EXISTS {table}", null, cancellationToken);
        }
    }

    private int At(Column column) =>
        shape.Layout.Index().Where(one => one.Item == column).Select(one => one.Index).DefaultIfEmpty(-1).First();

    /// <summary>
    /// Writes batches into <c>features_daily</c> where their rows can meet no other; gives what is left to merge: when products were seen, or the
    /// batches that were not written.
    /// </summary>
    private async Task<Rest> GoStraightAsync(
        DbConnection connection,
        IAsyncEnumerable<RowBatch> batches,
        CancellationToken cancellationToken
    )
    {
        var reader = batches.GetAsyncEnumerator(cancellationToken);
        if (!MayGoStraight || !await reader.MoveNextAsync())
        {
            return new Rest([], null, Remaining(reader));
        }

        GoesStraight = TakeStraight(reader.Current);
        if (!GoesStraight)
        {
            return new Rest([], reader.Current, Remaining(reader));
        }

        var seen = new SeenSpans();
        await using var straight = await store.BeginWideWriteAsync(connection, Days, [.. ListingColumns.Always.Take(3)], cancellationToken);
        isWriting = true;
        try
        {
            do
            {
                await straight.WriteAsync(reader.Current.First(3), cancellationToken);
                seen.Add(reader.Current);
            } while (await reader.MoveNextAsync() && TakeStraight(reader.Current));

            Changed += await straight.CompleteAsync(cancellationToken);
        }
        finally
        {
            isWriting = false;
        }

        return new Rest(seen.Batches, null, Remaining(reader));
    }

    /// <summary>Whether the rows of a batch, which is looked at last, can go into place as they are; those of a part all do, or none.</summary>
    private bool TakeStraight(RowBatch batch)
    {
        var isStraight = IsStraight(batch);
        judged = null; // its buffers are filled again
        return isStraight || !isWriting
            ? isStraight
            : throw new InvalidOperationException("A part that goes straight has rows that do not; it is to end before those.");
    }

    /// <summary>Counts rows, once; whether they can go into place as they are.</summary>
    private bool IsStraight(RowBatch batch)
    {
        if (batch != judged)
        {
            (judged, isJudgedStraight) = (batch, Count(batch) && AreNewDays(batch));
        }

        return isJudgedStraight;
    }

    private static async IAsyncEnumerable<RowBatch> Remaining(IAsyncEnumerator<RowBatch> reader)
    {
        await using (reader)
        {
            while (await reader.MoveNextAsync())
            {
                yield return reader.Current;
            }
        }
    }

    /// <summary>Whether rows are of days that the store has none of, and have something to keep.</summary>
    private bool AreNewDays(RowBatch batch)
    {
        if (batch[2].HasNulls)
        {
            return false;
        }

        if (known is not { } span)
        {
            return true;
        }

        foreach (var day in batch[1].Values<int>()[..batch.Count])
        {
            if (day >= span.First && day <= span.Last)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts rows; whether they and all before them are of different products or days.</summary>
    private bool Count(RowBatch batch)
    {
        var skus = batch[0].AsText();
        var days = batch[1].Values<int>();
        var isDistinct = true;
        for (var row = 0; row < batch.Count; row++)
        {
            isDistinct = Tally.Add(skus[row], days[row]);
            if (merchant >= 0 && !batch[merchant].IsNull(row) && !batch[price].IsNull(row))
            {
                var capturedAt = seenAt >= 0 && !batch[seenAt].IsNull(row) ? batch[seenAt].Values<long>()[row] : days[row] * Moment.Day;
                Tally.AddOffer(skus[row], batch[merchant].AsText()[row], capturedAt);
            }
        }

        return isDistinct;
    }

    /// <summary>What is left of a part.</summary>
    /// <param name="Seen">The days of products whose rows are in place.</param>
    /// <param name="Left">The first batch that is to be merged; null where none is.</param>
    /// <param name="Following">Those behind it.</param>
    private sealed record Rest(IReadOnlyList<RowBatch> Seen, RowBatch? Left, IAsyncEnumerable<RowBatch> Following);
}
