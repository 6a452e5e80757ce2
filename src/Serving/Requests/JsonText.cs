using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Errors;

namespace Tradepost.Serving.Requests;

/// <summary>Reads a body as JSON, and refuses what would be trouble further inside.</summary>
public static class JsonText
{
    /// <summary>How every JSON text of a request is read.</summary>
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonForm.Depth, AllowDuplicateProperties = false };

    internal static async Task<JsonDocument> ReadAsync(HttpContext context)
    {
        if (
            context.Request.Headers.ContentEncoding is [_, ..] encodings
            && encodings.Any(encoding => !string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase))
        )
        {
            throw new ApiException(415, "The body is compressed; send it as it is, without Content-Encoding.");
        }

        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(context.Request.Body, Options, context.RequestAborted);
        }
        catch (JsonException e)
        {
            throw new ApiException(400, $"The body is not JSON that can be read: {Reason(e)}");
        }

        try
        {
            CheckTexts(document.RootElement);
            return document;
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    /// <summary>Refuses characters that no database keeps: NUL, and halves of a pair.</summary>
    public static void CheckText(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ApiException(400, "A text holds the character U+0000, which cannot be kept.");
        }
    }

    private static void CheckTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    CheckText(Text(() => property.Name));
                    CheckTexts(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    CheckTexts(item);
                }

                break;
            case JsonValueKind.String:
                CheckText(Text(() => element.GetString()!));
                break;
        }
    }

    private static string Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new ApiException(400, "A text holds half of a surrogate pair, which is no character.");
        }
    }

    /// <summary>What is wrong with a text, without the reader's own places.</summary>
    public static string Reason(JsonException e)
    {
        var text = e.Message;
        var end = text.IndexOf(" Path:", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.') + ".";
    }
}
