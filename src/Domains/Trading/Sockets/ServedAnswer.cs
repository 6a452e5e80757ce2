namespace Tradepost.Trading.Sockets;

/// <summary>An answer of the REST side.</summary>
/// <param name="Status">Such as <c>200 OK</c>.</param>
/// <param name="Body">A JSON document.</param>
/// <param name="RetryAfter">How long the client is asked to wait; null for not at all.</param>
internal sealed record ServedAnswer(string Status, byte[] Body, TimeSpan? RetryAfter = null);
