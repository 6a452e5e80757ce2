namespace Tradepost.Streams.Topics;

/// <summary>An event as a reader gets it.</summary>
/// <param name="Partition">Events of a partition come in the order of their positions; a log is one partition.</param>
/// <param name="Position">Where in its partition it is.</param>
public sealed record ReceivedEvent(TopicEvent Event, int Partition, long Position);
