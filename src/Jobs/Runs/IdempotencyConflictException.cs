namespace Tradepost.Jobs.Runs;

/// <summary>An idempotency key was used before, for something else.</summary>
public sealed class IdempotencyConflictException(string key, Run existing)
    : Exception($"The idempotency key \"{key}\" was used for run {existing.Id} of {existing.Job} with other arguments; use a new key.")
{
    public string Key { get; } = key;

    public Run Existing { get; } = existing;
}
