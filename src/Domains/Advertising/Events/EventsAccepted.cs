using System.ComponentModel;

namespace Tradepost.Advertising.Events;

/// <summary>What became of a batch of events.</summary>
internal sealed record EventsAccepted
{
    [Description("Events that are kept from now on.")]
    public required int Accepted { get; init; }

    [Description("Events whose id was accepted before, or stands twice in the batch; nothing is counted twice.")]
    public required int Repeated { get; init; }
}
