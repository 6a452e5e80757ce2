using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Commands;

namespace Tradepost.Marketplace.Guarding;

/// <summary><c>marketplace release</c> and <c>marketplace confirm</c>.</summary>
internal static class SuspectCommands
{
    public static IEnumerable<HandledCommand> All() =>
        [
            Of("release", "Say that suspect values of a product's day are true; they are not found again.", SuspectState.Released),
            Of("confirm", "Say that suspect values of a product's day are not true; they stay out of estimates.", SuspectState.Confirmed),
        ];

    /// <summary>What is said when there is nothing to decide.</summary>
    public static string NothingSuspect(SuspectDecision decision) =>
        $"Nothing{(decision.Field is { } field ? $" of {field}" : "")} is suspect at {decision.Sku} on {decision.Date:yyyy-MM-dd}; "
        + "`tradepost marketplace check` lists what is.";

    private static string Sentence(DecidedSuspects decided) =>
        $"{decided.Values} suspect {(decided.Values == 1 ? "value" : "values")} of {decided.Sku} on {decided.Date:yyyy-MM-dd} "
        + $"{(decided.Values == 1 ? "is" : "are")} {Suspects.NameOf(decided.State)}.";

    private static HandledCommand Of(string name, string description, SuspectState state) =>
        HandledCommand.Of<DecisionOptions>(name, description, (options, session, cancellationToken) => session.WithStoreAsync(
                async store =>
                {
                    var decision = options.Decision();
                    var decided = await new Suspects(store, session.Time).DecideAsync(
                        decision,
                        state,
                        session.Asker.Name,
                        cancellationToken
                    );
                    if (decided.Values == 0)
                    {
                        throw new JobFailedException(NothingSuspect(decision));
                    }

                    await session.Audit(store, decided.Action, decided.Subject, cancellationToken);
                    return new CommandResult(decided, printer => printer.Line(Sentence(decided)));
                },
                cancellationToken
            ));
}

/// <summary>What somebody decides at a command line.</summary>
internal sealed record DecisionOptions
{
    [Positional("SKU"), Description("the product's key")]
    public required string Sku { get; init; }

    [Positional("DATE"), Description("the day of the values"), Display(Order = 1)]
    public required DateOnly Date { get; init; }

    [Positional("FIELD"), Description("the field, such as price; by default every suspect field of that day"), Display(Order = 2)]
    public string? Field { get; init; }

    [Description("Why, for whoever asks later")]
    public required string Reason { get; init; }

    internal SuspectDecision Decision() =>
        Reason.Length > SuspectDecision.LongestReason
            ? throw new UsageException($"--reason has {Reason.Length} characters; at most {SuspectDecision.LongestReason} are kept.")
            : new SuspectDecision
            {
                Sku = Sku,
                Date = Date,
                Field = Field,
                Reason = Reason,
            };
}
