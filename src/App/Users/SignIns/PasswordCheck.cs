using Tradepost.App.Users.Passwords;
using Tradepost.Serving.Errors;

namespace Tradepost.App.Users.SignIns;

/// <summary>Hashes passwords, a few at a time: it is slow on purpose, and must not take the processor from everybody else.</summary>
internal sealed class PasswordCheck(int iterations = PasswordHash.DefaultIterations) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim places = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string nobody = PasswordHash.OfNobody(iterations);

    /// <summary>Whether a password fits; without a hash it takes as long and does not.</summary>
    public Task<bool> MatchesAsync(string password, string? hash, CancellationToken cancellationToken) =>
        RunAsync(() => PasswordHash.Matches(password, hash ?? nobody) && hash is not null, cancellationToken);

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => PasswordHash.Of(password, iterations), cancellationToken);

    public bool IsWeak(string hash) => PasswordHash.IsWeak(hash, iterations);

    public void Dispose() => places.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (!await places.WaitAsync(Patience, cancellationToken))
        {
            throw new ApiException(503, "Too many people sign in at the moment; try again shortly.", retryAfter: Patience);
        }

        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            places.Release();
        }
    }
}
