using Tradepost.Jobs.Rights;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;

namespace Tradepost.Jobs;

/// <summary>
/// A named, whitelisted unit of work. Its arguments are the init properties of a record: described by attributes, checked
/// before the job starts, spelled <c>--kebab-case</c> on the command line and <c>snake_case</c> in JSON.
/// </summary>
public sealed record JobDefinition
{
    private JobDefinition() { }

    /// <summary>The domain and a verb: <c>domain.verb</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it does, in one line.</summary>
    public required string Description { get; init; }

    public required Type Arguments { get; init; }

    /// <summary>Runs the job on arguments of the type above; the result is a record that prints as JSON.</summary>
    public required Func<object, JobContext, CancellationToken, Task<object>> Run { get; init; }

    /// <summary>After this a run is stopped; measured while it runs, not while it waits.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Of the runs with the same key one at a time is waiting or running; null for any number at once.</summary>
    public Func<object, string?> ConcurrencyKey { get; init; } = _ => null;

    public RetryPolicy Retry { get; init; } = RetryPolicy.Default;

    /// <summary>The arguments that are an interval of days; null when the job has none and cannot be backfilled.</summary>
    public JobInterval? Interval { get; init; }

    /// <summary>Who may start it; arguments may be reserved for fewer by <see cref="ReservedAttribute"/>.</summary>
    public AskerRole Role { get; init; } = AskerRole.Analyst;

    /// <summary>
    /// Why nobody but the machine's own command line may do this with these arguments and settings; null when others may.
    /// </summary>
    public Func<object, Settings, string?> OnlyHere { get; init; } = (_, _) => null;

    public static JobDefinition Of<TArguments, TResult>(
        string name,
        string description,
        Func<TArguments, JobContext, CancellationToken, Task<TResult>> run
    )
        where TArguments : notnull, new()
        where TResult : notnull =>
        new()
        {
            Name = name,
            Description = description,
            Arguments = typeof(TArguments),
            Run = async (arguments, context, cancellationToken) => await run((TArguments)arguments, context, cancellationToken),
        };
}
