using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Runs;

/// <summary>A run that excludes this one is waiting or running.</summary>
/// <param name="job">The job that was to be started.</param>
/// <param name="active">The run that is in the way.</param>
/// <param name="age">How long ago that was started or queued.</param>
public sealed class ActiveRunException(string job, Run active, TimeSpan age)
    : ForeseenException(FailureKind.Conflict, Sentence(job, active, age))
{
    public string Job { get; } = job;

    public Run Active { get; } = active;

    public TimeSpan Age { get; } = age;

    public override IReadOnlyDictionary<string, object>? Details => DetailsOf(("run", Active.Id));

    public override IReadOnlyDictionary<string, object>? AnswerDetails =>
        DetailsOf(("run_id", Active.Id), ("state", Active.State), ("age_seconds", Math.Round(Age.TotalSeconds, 1)));

    private static string Sentence(string job, Run active, TimeSpan age)
    {
        var doing = active.State == RunState.Running ? "running" : "queued";
        var other = active.Job == job ? $"{job} is already {doing}" : $"{job} cannot run beside {active.Job}, which is {doing}";
        return $"{other}: run {active.Id}, for {age.TotalSeconds:0} seconds. Wait for it, or cancel it.";
    }
}
