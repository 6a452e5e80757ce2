using Tradepost.Storage;

namespace Tradepost.App.Tests.Users;

public sealed class SignInSequenceTests
{
    private const int Most = 4;

    private static readonly SignInEvent[] Events = Enum.GetValues<SignInEvent>();
    private static readonly string[] Tables = ["user_refresh_tokens", "user_sessions", "user_links", "users"];

    private readonly List<string> different = [];
    private int tried;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// Every order of up to four of twelve events (22,620). One whose last event left every row as it was is not followed further: what would follow is what
    /// follows without that event, and that is tried as well.
    /// </summary>
    [Fact]
    public async Task After_every_order_of_up_to_four_events_exactly_the_sign_ins_count_that_docs_say()
    {
        await using var world = await SignInWorld.StartAsync(Cancellation);

        await FollowAsync(world, []);

        different.ShouldBeEmpty();
        tried.ShouldBeGreaterThan(1_500);
    }

    private async Task FollowAsync(SignInWorld world, IReadOnlyList<SignInEvent> before)
    {
        foreach (var what in Events)
        {
            IReadOnlyList<SignInEvent> events = [.. before, what];
            if (await CheckAsync(world, events))
            {
                await FollowAsync(world, events);
            }
        }
    }

    /// <summary>Tries an order; whether it is to be followed further, which it is when its last event changed anything.</summary>
    private async Task<bool> CheckAsync(SignInWorld world, IReadOnlyList<SignInEvent> events)
    {
        tried++;
        var rules = new SignInRules();
        var sequence = await SignInSequence.BeginAsync(world, $"{string.Join('.', events).ToLowerInvariant()}@example.com", Cancellation);
        var isLast = events.Count == Most;
        var rows = "";
        for (var i = 0; i < events.Count; i++)
        {
            var what = events[i];
            rows = !isLast && i == events.Count - 1 ? await RowsAsync(world) : rows;
            var (expected, found) = (rules.Apply(what), await sequence.ApplyAsync(what, Cancellation));
            if (expected != found)
            {
                different.Add($"{string.Join(", ", events)}: {what} was {(found ? "accepted" : "refused")}");
            }
        }

        var hasChanged = !isLast && await RowsAsync(world) != rows;
        if (await sequence.ValidAsync(Cancellation) is var valid && valid != SignInSequence.Expected(rules))
        {
            different.Add($"{string.Join(", ", events)}: {valid}; docs say {SignInSequence.Expected(rules)}");
        }

        await ForgetAsync(world);
        return hasChanged;
    }

    private static async Task<string> RowsAsync(SignInWorld world)
    {
        await using var connection = await world.Get<Store>().Secrets.OpenAsync(Cancellation);
        var tables = Tables.Select(table =>
            $"SELECT '{table} ' || CAST(r AS text) FROM (SELECT {(table == "users" ? "* EXCLUDE (changed_at)" : "*")} FROM tradepost_private.{table}) r"
        );
        return string.Join(
            '\n',
            await connection.ReadAsync($"{string.Join(" UNION ALL ", tables)} ORDER BY 1", row => row.GetString(0), Cancellation)
        );
    }

    private static async Task ForgetAsync(SignInWorld world)
    {
        await using var connection = await world.Get<Store>().Secrets.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await connection.ExecuteAsync(
            string.Join("; ", Tables.Select(table => $"DELETE FROM tradepost_private.{table}")),
            parameters: null,
            Cancellation
        );
        await transaction.CommitAsync(Cancellation);
    }
}
