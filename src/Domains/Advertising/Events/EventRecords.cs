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
    private const string Old = "too_old";

    /// <summary>Reads records, in their order. Events that are older than events are kept are rejects.</summary>
    public static EventRecords Of(IReadOnlyList<ReceivedEvent> received, TimeProvider clock, TimeSpan kept)
    {
        var now = clock.Microseconds();
        var oldest = now - (kept.Ticks / TimeSpan.TicksPerMicrosecond);
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
                        var read = EventJson.Read(one.Event.Content, now);
                        if (read.At >= oldest)
                        {
                            events.Add(read);
                        }
                        else
                        {
                            rejects.Add(TooOld(one, read, kept));
                        }

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

    // The row is left out: it would outlive what it is too old for.
    private static Reject TooOld(ReceivedEvent one, AdEvent read, TimeSpan kept) =>
        new(
            one.Position,
            Old,
            $"The event at {one.Position} of {EventTopic.Name} happened on {Moment.DayOf(read.At):yyyy-MM-dd}; "
                + $"events are kept for {kept.TotalDays} days ({AdvertisingRetention.KeepEvents}).",
            "{}"
        );
}
