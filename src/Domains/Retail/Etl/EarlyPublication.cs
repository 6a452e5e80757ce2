namespace Tradepost.Retail.Etl;

/// <summary>
/// The publication of an incremental run, begun while sources and warehouse are still being compared: mostly they turn out to
/// agree. When rows have to be read again after all, what was begun is rolled back first and begun anew afterwards.
/// </summary>
internal sealed class EarlyPublication(Func<Publication> create) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly CancellationTokenSource abandoned = new();
    private Publication? publication;
    private Task? preparing;

    public void Begin(CancellationToken cancellationToken)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, abandoned.Token);
        var begun = publication = create();
        preparing = Task.Run(
            async () =>
            {
                using (either)
                {
                    await begun.PrepareAsync(either.Token);
                }
            },
            CancellationToken.None
        );
    }

    /// <summary>Rolls back what was begun; whatever it failed with is of no interest any more.</summary>
    public async Task AbandonAsync()
    {
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            if (preparing is not null)
            {
                await abandoned.CancelAsync();
                await preparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                preparing = null;
            }

            if (publication is not null)
            {
                await publication.DisposeAsync();
                publication = null;
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The publication with everything written and nothing committed.</summary>
    public async Task<Publication> ReadyAsync(CancellationToken cancellationToken)
    {
        if (preparing is not null)
        {
            await preparing;
        }
        else
        {
            publication = create();
            await publication.PrepareAsync(cancellationToken);
        }

        return publication!;
    }

    public async ValueTask DisposeAsync()
    {
        await AbandonAsync();
        abandoned.Dispose();
        gate.Dispose();
    }
}
