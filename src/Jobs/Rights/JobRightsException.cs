using Tradepost.Arguments;
using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Rights;

/// <summary>Whoever asks may not start this job, or not with these arguments.</summary>
public sealed class JobRightsException(string message, AskerRole role, AskerRole needed, string? field = null)
    : ForeseenException(FailureKind.NotAllowed, message)
{
    public AskerRole Role { get; } = role;

    /// <summary>Who may.</summary>
    public AskerRole Needed { get; } = needed;

    /// <summary>The argument that is reserved; null when it is the job itself.</summary>
    public string? Field { get; } = field;

    public override IReadOnlyDictionary<string, object>? AnswerDetails =>
        DetailsOf(("role", Spelling.Snake(Role.ToString())), ("allowed", Allowed), ("field", Field));

    private string[] Allowed =>
        Needed switch
        {
            AskerRole.Operator => [], // no role of a user does
            AskerRole.Admin => ["admin"],
            _ => ["admin", "analyst"],
        };
}
