using System.ComponentModel;

namespace Tradepost.Advertising.Completion;

/// <summary>Whose curves are wanted.</summary>
internal sealed record CompletionQuery
{
    [Description("Only this campaign.")]
    public string? Campaign { get; init; }

    [Description("Only this account.")]
    public string? Account { get; init; }

    [Description("By what was known at this moment (UTC); by default by what is known now.")]
    public DateTime? AsOf { get; init; }
}
