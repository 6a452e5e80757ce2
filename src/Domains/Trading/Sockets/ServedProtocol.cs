namespace Tradepost.Trading.Sockets;

/// <summary>What an exchange's server does with what clients send.</summary>
/// <param name="Subscribe">Reads a frame that subscribes to streams; null for one that does not.</param>
/// <param name="AnswerAsync">Answers a GET of a path.</param>
internal sealed record ServedProtocol(
    Func<ReadOnlyMemory<byte>, ServedSubscription?> Subscribe,
    Func<string, CancellationToken, Task<ServedAnswer>> AnswerAsync
);
