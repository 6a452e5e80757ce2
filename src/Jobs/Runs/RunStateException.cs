using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Runs;

/// <summary>A run is not in a state in which this can be done to it.</summary>
public sealed class RunStateException(Run run, string message) : ForeseenException(FailureKind.Conflict, message)
{
    public Run Run { get; } = run;

    public override IReadOnlyDictionary<string, object>? AnswerDetails => DetailsOf(("run_id", Run.Id), ("state", Run.State));
}
