using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Rejects;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Events;

/// <summary>What stands in records of the topic.</summary>
/// <param name="Events">Events.</param>
/// <param name="Notices">What platforms told.</param>
/// <param name="Rejects">Records that are neither.</param>
internal sealed record EventRecords(IReadOnlyList<AdEvent> Events, IReadOnlyList<PlatformNotice> Notices, IReadOnlyList<Reject> Rejects)
{
    private const string Unreadable = "unreadable";

    /// <summary>Reads records, in their order.</summary>
    public static EventRecords Of(IReadOnlyList<ReceivedEvent> received, TimeProvider clock)
    {
        var now = clock.Microseconds();
        var (events, notices, rejects) = (new List<AdEvent>(received.Count), new List<PlatformNotice>(), new List<Reject>());
        foreach (var one in received)
        {
            try
            {
                switch (one.Event.Headers.FirstOrDefault(header => header.Key == EventTopic.KindHeader).Value)
                {
                    case EventTopic.Mark:
                        break;
                    case EventTopic.Notice:
                        notices.Add(PlatformNotice.Read(one.Event.Content.Span));
                        break;
                    default:
                        events.Add(EventJson.Read(one.Event.Content, now));
                        break;
                }
            }
            catch (Exception e) when (e is FormatException or EventProblemException)
            {
                var place = one.Position.ToString(CultureInfo.InvariantCulture);
                rejects.Add(new Reject(one.Position, Unreadable, $"The event at {place} of {EventTopic.Name} is none: {e.Message}", "{}"));
            }
        }

        return new EventRecords(events, notices, rejects);
    }
}
