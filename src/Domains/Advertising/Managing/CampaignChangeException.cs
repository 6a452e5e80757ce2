using Tradepost.Storage.Failures;

namespace Tradepost.Advertising.Managing;

/// <summary>A campaign cannot be changed as somebody asks.</summary>
/// <param name="kind">Not found, a conflict or a value that is none.</param>
/// <param name="message">One sentence.</param>
internal sealed class CampaignChangeException(FailureKind kind, string message) : ForeseenException(kind, message)
{
    /// <summary>The field at fault, where it is one.</summary>
    public string? Field { get; init; }

    /// <summary>What a field is limited to, where that is why.</summary>
    public decimal? Limit { get; init; }

    public override IReadOnlyDictionary<string, object>? Details => DetailsOf(("field", Field), ("limit", Limit));

    /// <summary>A field holds what it may not.</summary>
    public static CampaignChangeException Invalid(string field, string message, decimal? limit = null) =>
        new(FailureKind.WrongValue, message) { Field = field, Limit = limit };

    /// <summary>There is no such campaign or change.</summary>
    public static CampaignChangeException NotFound(string message) => new(FailureKind.NotFound, message);

    /// <summary>What there is stands against it.</summary>
    public static CampaignChangeException Conflict(string message) => new(FailureKind.Conflict, message);
}
