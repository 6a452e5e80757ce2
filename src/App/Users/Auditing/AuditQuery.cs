using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Users.Auditing;

internal sealed record AuditQuery
{
    [Description("How many entries to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 100;

    [Description("Only entries before this moment: next of the page before.")]
    public DateTime? Before { get; init; }
}
