using Confluent.Kafka;

namespace Tradepost.Streams.Topics;

/// <summary>Counts the acknowledgements of some events.</summary>
internal sealed class KafkaDelivery(int events, Action onDelivered)
{
    private readonly TaskCompletionSource<Error?> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int left = events;
    private Error? first;

    /// <summary>Ends when all are decided: the first error, or null when all are durable.</summary>
    public Task<Error?> Done => done.Task;

    public void Count(Error error)
    {
        if (error.IsError)
        {
            Interlocked.CompareExchange(ref first, error, null);
        }
        else
        {
            onDelivered();
        }

        if (Interlocked.Decrement(ref left) == 0)
        {
            done.SetResult(first);
        }
    }
}
