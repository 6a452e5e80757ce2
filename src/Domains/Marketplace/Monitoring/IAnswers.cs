using Tradepost.Storage.Failures;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>Answers requests for pages: a site, or a folder of saved answers.</summary>
internal interface IAnswers : IDisposable
{
    /// <summary>The body of an answer; null where the source has no such page (404 and 410).</summary>
    /// <exception cref="NoAnswerException">There is no usable answer; the message says why, as a part of a sentence.</exception>
    Task<byte[]?> GetAsync(AskedPage page, CancellationToken cancellationToken);
}

/// <summary>A request for a page, with its names filled in.</summary>
/// <param name="Key">What it is called in a journal and in a folder of saved answers: <c>product/SKU</c>, <c>list/CATEGORY/1</c>, <c>offers/SKU</c>.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Body">What is posted, as JSON; null: the page is got.</param>
/// <param name="Format">What the answer is.</param>
internal sealed record AskedPage(string Key, Uri Address, string? Body, PageFormat Format);

/// <summary>A source gave no usable answer; the message says why, as a part of a sentence.</summary>
internal sealed class NoAnswerException(string message, Exception? inner = null) : ForeseenException(FailureKind.Failed, message, inner);
