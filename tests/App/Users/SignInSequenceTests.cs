using Tradepost.Storage;

namespace Tradepost.App.Tests.Users;

public sealed class SignInSequenceTests
{
    private const int Most = 4;

    private static readonly SignInEvent[] Events = Enum.GetValues<SignInEvent>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Firsts))]
    public async Task After_every_order_of_up_to_four_events_exactly_the_sign_ins_count_that_docs_say(string first)
    {
        await using var world = await SignInWorld.StartAsync(Cancellation);
        var different = new List<string>();
        foreach (var rest in Orders(Most - 1))
        {
            await CheckAsync(world, [Enum.Parse<SignInEvent>(first), .. rest], different);
        }

        different.ShouldBeEmpty();
    }

    public static TheoryData<string> Firsts() => [.. Events.Select(what => what.ToString())];

    // Every order of so many events or fewer, none among them.
    private static IEnumerable<IReadOnlyList<SignInEvent>> Orders(int most) =>
        most == 0 ? [[]] : Orders(most - 1).SelectMany(rest => Events.Select(what => (IReadOnlyList<SignInEvent>)[what, .. rest])).Prepend([]);

    private static async Task CheckAsync(SignInWorld world, IReadOnlyList<SignInEvent> events, List<string> different)
    {
        var rules = new SignInRules();
        var sequence = await SignInSequence.BeginAsync(world, $"{string.Join('.', events).ToLowerInvariant()}@example.com", Cancellation);
        foreach (var what in events)
        {
            var (expected, found) = (rules.Apply(what), await sequence.ApplyAsync(what, Cancellation));
            if (expected != found)
            {
                different.Add($"{string.Join(", ", events)}: {what} was {(found ? "accepted" : "refused")}");
            }
        }

        if (await sequence.ValidAsync(Cancellation) is var valid && valid != SignInSequence.Expected(rules))
        {
            different.Add($"{string.Join(", ", events)}: {valid}; docs say {SignInSequence.Expected(rules)}");
        }

        await ForgetAsync(world);
    }

    private static async Task ForgetAsync(SignInWorld world)
    {
        await using var connection = await world.Get<Store>().OpenAsync(Cancellation);
        foreach (var table in new[] { "user_refresh_tokens", "user_sessions", "user_links", "users" })
        {
            await connection.ExecuteAsync($"DELETE FROM {table}", parameters: null, Cancellation);
        }
    }
}
