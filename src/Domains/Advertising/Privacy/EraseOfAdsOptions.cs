using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.Advertising.Privacy;

/// <summary>Who is to be erased.</summary>
public sealed record EraseOfAdsOptions
{
    [Description("The person's user_id, as events have it.")]
    [Positional("USER")]
    [Required]
    public string User { get; init; } = "";
}
