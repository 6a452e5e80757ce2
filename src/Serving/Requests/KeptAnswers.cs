using System.Text.Json;
using Tradepost.Arguments;

namespace Tradepost.Serving.Requests;

/// <summary>
/// Answers that were worked out and written since what they are about has changed: each once, however many ask for it. None is given for
/// longer than <see cref="Longest"/>, so that a change that nobody noted is seen as well. Thread safe.
/// </summary>
/// <param name="time">What the age of an answer is told by.</param>
public sealed class KeptAnswers(TimeProvider time)
{
    /// <summary>How long an answer is given at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private const long MostBytes = 64 << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<(Type, object), Kept> known = [];
    private string current = "";
    private long bytes;

    /// <summary>What is known, or what is worked out now for all who wait for it; one who leaves does not end that.</summary>
    /// <param name="edition">What it is about is the same as long as this is the same.</param>
    /// <param name="question">What is asked, compared by value.</param>
    /// <param name="work">Works it out.</param>
    /// <param name="cancellationToken">Of one who waits.</param>
    public async Task<KeptAnswer<T>> GetAsync<T>(string edition, object question, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        Kept kept;
        lock (gate)
        {
            if (edition != current || bytes > MostBytes)
            {
                known.Clear();
                (current, bytes) = (edition, 0);
            }

            var key = (typeof(T), question);
            if (!known.TryGetValue(key, out kept!) || kept.Json.IsFaulted || time.GetElapsedTime(kept.Began) > Longest)
            {
                kept = known[key] = new Kept(time.GetTimestamp(), Task.Run(() => WriteAsync(edition, work), CancellationToken.None));
            }
        }

        return new KeptAnswer<T>(await kept.Json.WaitAsync(cancellationToken));
    }

    private async Task<byte[]> WriteAsync<T>(string edition, Func<Task<T>> work)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(await work(), ResultJson.Options);
        lock (gate)
        {
            bytes += edition == current ? json.Length : 0;
        }

        return json;
    }

    private sealed record Kept(long Began, Task<byte[]> Json);
}
