namespace Tradepost.Trading.Sockets;

/// <summary>A client's request for streams, and the frame that acknowledges it.</summary>
internal sealed record ServedSubscription(IReadOnlyList<string> Streams, byte[] Answer);
