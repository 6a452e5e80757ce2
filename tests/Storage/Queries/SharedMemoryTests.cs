using Tradepost.Storage.Queries;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>On the embedded store all share one memory: what one query takes of it must fail nobody else.</summary>
[Collection(QueriesAlone.Name)]
public sealed class SharedMemoryTests : IDisposable
{
    private static readonly QueryLimits Limits = new() { Time = TimeSpan.FromMinutes(2), Rows = 10 };

    // Heap up what cannot be put aside on disk.
    private static readonly string[] Hogs =
    [
        "SELECT string_agg(a.note, ',') FROM notes a, notes b",
        "SELECT max(a.note || b.note || c.note) FROM notes a, notes b, notes c GROUP BY a.id, b.id, c.id",
        "WITH RECURSIVE t(n, text) AS (SELECT 1, note FROM notes UNION ALL SELECT n + 1, text || 'x' FROM t) SELECT count(*) FROM t",
    ];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_that_takes_all_memory_fails_no_read_and_no_other_query()
    {
        await using var store = new DuckDbStore(folder.Combine("test.duckdb"), "100MB");
        await using (var connection = await store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync(
                "CREATE TABLE notes AS SELECT range AS id, repeat('n', 200) AS note FROM range(3000)",
                parameters: null,
                Cancellation
            );
        }

        var query = new ReadOnlyQuery(store, [], TimeProvider.System);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var hogging = Task.Run(() => HogAsync(query, end.Token), Cancellation);

        for (var i = 0; i < 150; i++)
        {
            await using var connection = await store.OpenAsync(Cancellation);
            (await connection.ScalarAsync<long>("SELECT count(DISTINCT note || id) FROM notes", parameters: null, Cancellation)).ShouldBe(
                3000
            );
            if (i % 10 == 0)
            {
                (await query.RunAsync("SELECT count(*) FROM (SELECT id, note FROM notes ORDER BY note, id)", Limits, Cancellation))
                    .Rows[0][0]
                    .ShouldBe(3000L);
            }
        }

        await end.CancelAsync();
        (await hogging).ShouldBeGreaterThan(0, "no query took too much, so nothing was shown");
    }

    [Fact]
    public async Task A_query_that_makes_room_for_others_runs_again_though_it_ran_alone()
    {
        await using var store = new DuckDbStore(folder.Combine("test.duckdb"));
        await using (var connection = await store.OpenAsync(Cancellation))
        {
            await connection.ExecuteAsync(
                "CREATE TABLE marks AS SELECT range AS id, md5(range::VARCHAR) AS mark FROM range(12000)",
                parameters: null,
                Cancellation
            );
        }

        var answer = new ReadOnlyQuery(store, [], TimeProvider.System).RunAsync(
            "SELECT count(*) FROM marks a, marks b WHERE a.mark < b.mark",
            Limits with
            {
                Time = TimeSpan.FromMinutes(2),
            },
            Cancellation
        );
        for (var i = 0; i < 2; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(400), Cancellation);
            MemoryGuard.Shared.MakeRoom();
        }

        (await answer).Rows[0][0].ShouldBe(12000L * 11999 / 2);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Runs them until it is told to stop; how many were ended for their memory.</summary>
    private static async Task<int> HogAsync(ReadOnlyQuery query, CancellationToken cancellationToken)
    {
        var ended = 0;
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            try
            {
                await query.RunAsync(Hogs[i % Hogs.Length], Limits with { Time = TimeSpan.FromSeconds(2) }, cancellationToken);
            }
            catch (Exception e) when (e is QueryRefusedException or QueryFailedException)
            {
                ended++;
            }
            catch (Exception e) when (e is QueryTimeoutException or OperationCanceledException)
            {
                // Its time was over first.
            }
        }

        return ended;
    }
}
