using Tradepost.Arguments;
using Tradepost.Storage.Failures;

namespace Tradepost.Jobs;

/// <summary>No job has this name.</summary>
/// <param name="job">The name that was asked for.</param>
/// <param name="allowed">The names there are.</param>
public sealed class UnknownJobException(string job, IReadOnlyList<string> allowed)
    : ForeseenException(FailureKind.WrongName, Sentence(job, allowed))
{
    public string Job { get; } = job;

    public IReadOnlyList<string> Allowed { get; } = allowed;

    public override IReadOnlyDictionary<string, object>? Details => DetailsOf(("allowed", Allowed));

    private static string Sentence(string job, IReadOnlyList<string> allowed) =>
        $"There is no job \"{job}\". "
        + $"{(Spelling.FindNearest(job, allowed) is { } nearest ? $"Did you mean {nearest}?" : $"There are {string.Join(", ", allowed)}.")}";
}
