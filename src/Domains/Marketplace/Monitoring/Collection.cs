using System.Threading.Channels;
using Tradepost.Jobs;
using Tradepost.Storage;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>Collects one day of a source: asks for what the journal lacks, and adds what comes to it.</summary>
/// <param name="source">The source.</param>
/// <param name="answers">Answers its requests.</param>
/// <param name="journal">The day's journal.</param>
/// <param name="time">The clock.</param>
internal sealed class Collection(WatchSource source, IAnswers answers, Journal journal, TimeProvider time)
{
    /// <summary>So many failures one after another: the source is away, or is another.</summary>
    private const int MostInARow = 10;

    private readonly List<FailedRequest> failed = [];
    private int inARow;

    /// <summary>Requests without a usable answer; the next run asks again.</summary>
    public IReadOnlyList<FailedRequest> Failed => failed;

    /// <summary>Requests that were answered by this run.</summary>
    public int Answered { get; private set; }

    /// <summary>Asks for everything that is watched and not yet answered.</summary>
    /// <param name="skus">The products.</param>
    /// <param name="onAdded">Called after each answer is in the journal.</param>
    /// <param name="cancellationToken">Ends it; what is in the journal stays.</param>
    /// <exception cref="JobFailedException">The source does not answer any more.</exception>
    public async Task RunAsync(IReadOnlyCollection<string> skus, Func<Task> onAdded, CancellationToken cancellationToken)
    {
        foreach (var category in source.Categories)
        {
            await RunListAsync(category, onAdded, cancellationToken);
        }

        if (source.Product is not { } product)
        {
            return;
        }

        // Several at a time ask, and one writes.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var found = Channel.CreateBounded<(string Key, Collected? Collected, Exception? Failure)>(source.Politeness.AtOnce);
        var asking = Parallel.ForEachAsync(
            skus.Where(sku => !journal.Done.ContainsKey(ProductKey(sku))).ToList(),
            new ParallelOptions { MaxDegreeOfParallelism = source.Politeness.AtOnce, CancellationToken = stop.Token },
            async (sku, token) =>
                await found.Writer.WriteAsync(
                    await TryAsync(ProductKey(sku), () => ProductAsync(source, answers, product, sku, time, token)),
                    token
                )
        );
        _ = asking.ContinueWith(
            task => found.Writer.Complete(task.Exception?.GetBaseException()),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
        try
        {
            await foreach (var (key, collected, failure) in found.Reader.ReadAllAsync(cancellationToken))
            {
                await NoteAsync(key, collected, failure, onAdded);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What the page of one product gives.</summary>
    /// <exception cref="NoAnswerException">There is no answer.</exception>
    /// <exception cref="PageException">It is not what the source's file says.</exception>
    public static async Task<Collected> ProductAsync(
        WatchSource source,
        IAnswers answers,
        PageRequest product,
        string sku,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var page = await AskAsync(answers, product, ProductKey(sku), sku, "", 0, cancellationToken);
        if (page is null)
        {
            return new Collected(ProductKey(sku), time.UtcMoment(), []);
        }

        var values = page.Read(source.Fields);
        var offers = source.Offers switch
        {
            null => [],
            { Page: null } rules => OffersOf(page, rules),
            { Page: { } own } rules => await AskAsync(answers, own, $"offers/{Escaped(sku)}", sku, "", 0, cancellationToken) is { } answer
                ? OffersOf(answer, rules)
                : [],
        };
        return new Collected(ProductKey(sku), time.UtcMoment(), [new CollectedProduct(sku, Without(values, "sku"), offers)]);
    }

    private static string ProductKey(string sku) => $"product/{Escaped(sku)}";

    private static string Escaped(string text) => Uri.EscapeDataString(text);

    private static Dictionary<string, string> Without(Dictionary<string, string> values, string name)
    {
        values.Remove(name);
        return values;
    }

    private static List<IReadOnlyDictionary<string, string>> OffersOf(Page page, OfferRules rules) =>
        [.. page.Items(rules.Items).Select(offer => offer.Read(rules.Fields)).Where(offer => offer.ContainsKey("price"))];

    private async Task RunListAsync(string category, Func<Task> onAdded, CancellationToken cancellationToken)
    {
        var list = source.List!;
        for (var number = list.FirstPage; number < list.FirstPage + list.MostPages; number++)
        {
            var (page, key) = (number, $"list/{Escaped(category)}/{number}");
            if (!journal.Done.TryGetValue(key, out var products))
            {
                var (_, collected, failure) = await TryAsync(key, () => ListAsync(list, category, page, key, cancellationToken));
                await NoteAsync(key, collected, failure, onAdded);
                products = collected?.Seen.Count ?? 0;
            }

            if (products == 0)
            {
                return;
            }
        }
    }

    private async Task<Collected> ListAsync(ListRequest list, string category, int number, string key, CancellationToken cancellationToken)
    {
        var page = await AskAsync(answers, list.Page, key, "", category, number, cancellationToken);
        var seen = new List<CollectedProduct>();
        foreach (var item in page?.Items(list.Items) ?? [])
        {
            var values = item.Read(source.Fields);
            var sku = values.GetValueOrDefault("sku")
                ?? throw new PageException($"a product of {key} has no sku; the layout is another than the source's file says");
            seen.Add(new CollectedProduct(sku, Without(values, "sku"), source.Offers is { Page: null } rules ? OffersOf(item, rules) : []));
        }

        return new Collected(key, time.UtcMoment(), seen);
    }

    private static async Task<Page?> AskAsync(
        IAnswers answers,
        PageRequest request,
        string key,
        string sku,
        string category,
        int number,
        CancellationToken cancellationToken
    )
    {
        var asked = new AskedPage(
            key,
            new Uri(Fill(request.Address, Uri.EscapeDataString)),
            request.Body is { } body ? Fill(body, text => System.Text.Json.JsonEncodedText.Encode(text).ToString()) : null,
            request.Format
        );
        return await answers.GetAsync(asked, cancellationToken) is { } answer ? Page.Of(request.Format, answer) : null;

        string Fill(string text, Func<string, string> escape) =>
            text.Replace("{sku}", escape(sku), StringComparison.Ordinal)
                .Replace("{category}", escape(category), StringComparison.Ordinal)
                .Replace("{page}", number.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(string Key, Collected? Collected, Exception? Failure)> TryAsync(string key, Func<Task<Collected>> ask)
    {
        try
        {
            return (key, await ask(), null);
        }
        catch (Exception e) when (e is NoAnswerException or PageException)
        {
            return (key, null, e);
        }
    }

    private async Task NoteAsync(string key, Collected? collected, Exception? failure, Func<Task> onAdded)
    {
        if (collected is not null)
        {
            inARow = 0;
            Answered++;
            journal.Add(collected);
            await onAdded();
            return;
        }

        failed.Add(new FailedRequest(key, failure!.Message));
        if (++inARow >= MostInARow)
        {
            throw new JobFailedException(
                $"Source {source.Name}: {inARow} requests one after another had no usable answer, the last because {failure.Message}. "
                    + "What was collected stays, and the next run goes on there."
            );
        }
    }
}
