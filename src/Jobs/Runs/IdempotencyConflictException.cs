using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Runs;

/// <summary>An idempotency key was used before, for something else.</summary>
public sealed class IdempotencyConflictException(string key, Run existing)
    : ForeseenException(
        FailureKind.Conflict,
        $"The idempotency key \"{key}\" was used for run {existing.Id} of {existing.Job} with other arguments; use a new key."
    )
{
    public string Key { get; } = key;

    public Run Existing { get; } = existing;

    public override string Answer =>
        $"This Idempotency-Key was used for run {Existing.Id} of {Existing.Job} with other arguments; use a new one.";

    public override IReadOnlyDictionary<string, object>? AnswerDetails => DetailsOf(("run_id", Existing.Id), ("state", Existing.State));
}
