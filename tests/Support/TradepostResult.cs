using System.Text.Json;

namespace Tradepost.Tests.Support;

/// <summary>How a call of the program ended.</summary>
public sealed record TradepostResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The one JSON document on standard output.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }
}
