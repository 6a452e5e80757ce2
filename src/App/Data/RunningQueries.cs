using Tradepost.Serving.Errors;

namespace Tradepost.App.Data;

/// <summary>How many queries each user has running, so that one cannot take the places of all.</summary>
internal sealed class RunningQueries
{
    public const int MostOfOneUser = 2;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, int> running = [];

    /// <summary>Counts a query until what is given back is disposed of.</summary>
    /// <exception cref="ApiException">The user has as many running as one may.</exception>
    public IDisposable Begin(Guid user)
    {
        lock (gate)
        {
            var count = running.GetValueOrDefault(user);
            running[user] =
                count < MostOfOneUser
                    ? count + 1
                    : throw new ApiException(429, $"{MostOfOneUser} of your queries are running; wait for one to end.", retryAfter: Pause);
        }

        return new Running(() => End(user));
    }

    private void End(Guid user)
    {
        lock (gate)
        {
            if (--running[user] == 0)
            {
                running.Remove(user);
            }
        }
    }

    private sealed class Running(Action end) : IDisposable
    {
        private Action? end = end;

        public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
    }
}
