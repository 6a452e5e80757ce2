namespace Tradepost.Marketplace.Monitoring;

/// <summary>Answers that were saved as files: <c>product/SKU.json</c>, <c>list/CATEGORY/1.json</c>, <c>offers/SKU.html</c>.</summary>
/// <param name="folder">The folder.</param>
internal sealed class SavedAnswers(string folder) : IAnswers
{
    public async Task<byte[]?> GetAsync(AskedPage page, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(folder, $"{page.Key}.{(page.Format == PageFormat.Json ? "json" : "html")}"));
        if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new NoAnswerException($"{page.Key} leads out of the folder {folder}");
        }

        try
        {
            return File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NoAnswerException($"{path} cannot be read: {e.Message.TrimEnd('.')}", e);
        }
    }

    public void Dispose() { }
}
