using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Trading.Editions;

/// <summary>Answers about features, models and predictions, kept as long as none of them has changed.</summary>
/// <param name="store">Where they are read.</param>
/// <param name="time">What their age is told by.</param>
internal sealed class ShownAnswers(Store store, TimeProvider time)
{
    private readonly KeptAnswers kept = new(time);

    /// <summary>What is known, or what is read now for all who wait for it.</summary>
    /// <param name="question">What is asked, compared by value.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="cancellationToken">Of one who waits.</param>
    public async Task<KeptAnswer<T>> GetAsync<T>(object question, Func<Task<T>> read, CancellationToken cancellationToken) =>
        await kept.GetAsync(await TradingEdition.FindAsync(store, cancellationToken), question, read, cancellationToken);
}
