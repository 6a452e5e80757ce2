using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Privacy;

/// <summary>What a person said.</summary>
internal sealed record ConsentChange
{
    [Description("Whether events of the person may be stored from now on.")]
    [Required]
    public bool? Events { get; init; }
}
