using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Tradepost.Storage.Failures;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>What a source answered, or a part of it, in which fields are looked for.</summary>
internal abstract class Page
{
    /// <summary>Takes an answer apart.</summary>
    /// <exception cref="PageException">It is not of the format.</exception>
    public static Page Of(PageFormat format, byte[] answer) =>
        format == PageFormat.Json ? JsonPage.Parse(answer) : new HtmlPage(new HtmlParser().ParseDocument(new MemoryStream(answer)));

    /// <summary>The parts that a place names, in order.</summary>
    /// <exception cref="PageException">The place cannot be read.</exception>
    public abstract IReadOnlyList<Page> Items(string place);

    /// <summary>The text at a place, without spaces around it; null where there is none.</summary>
    /// <exception cref="PageException">The place cannot be read.</exception>
    public abstract string? Find(string place);

    /// <summary>Whether the value at a place is a number that needs no reading.</summary>
    protected virtual bool IsNumber(string place) => false;

    /// <summary>The values of fields; those that are not there are left out.</summary>
    /// <exception cref="PageException">A field that has to be there is not, or a number is none.</exception>
    public Dictionary<string, string> Read(IReadOnlyList<FieldRule> fields)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (Find(field.Place) is { Length: > 0 } text)
            {
                values[field.Name] =
                    !field.IsNumber || IsNumber(field.Place) ? text
                    : ShownNumber.TryRead(text, out var number) ? number.ToString()
                    : throw new PageException($"{field.Name} at {field.Place} is '{Cut(text)}'; expected is a number");
            }
            else if (field.IsRequired)
            {
                throw new PageException($"there is no {field.Name} at {field.Place}; the layout is another than the source's file says");
            }
        }

        return values;
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private sealed class JsonPage(JToken token) : Page
    {
        public static JsonPage Parse(byte[] answer)
        {
            try
            {
                using var reader = new JsonTextReader(new StreamReader(new MemoryStream(answer), new UTF8Encoding(false, true)))
                {
                    FloatParseHandling = FloatParseHandling.Decimal,
                    DateParseHandling = DateParseHandling.None,
                };
                return new JsonPage(JToken.ReadFrom(reader));
            }
            catch (Exception e) when (e is JsonException or DecoderFallbackException or OverflowException)
            {
                throw new PageException($"the answer is no JSON that can be read ({e.Message.TrimEnd('.')})", e);
            }
        }

        public override IReadOnlyList<Page> Items(string place) => [.. Select(place).Select(found => new JsonPage(found))];

        public override string? Find(string place) =>
            Select(place).FirstOrDefault() is JValue { Value: { } value } ? $"{value}".Trim() : null;

        protected override bool IsNumber(string place) =>
            Select(place).FirstOrDefault() is { Type: JTokenType.Integer or JTokenType.Float };

        private IEnumerable<JToken> Select(string place)
        {
            try
            {
                return [.. token.SelectTokens(place)];
            }
            catch (JsonException e)
            {
                throw new PageException($"'{place}' is no JSON path ({e.Message.TrimEnd('.')})", e);
            }
        }
    }

    private sealed class HtmlPage(IParentNode node) : Page
    {
        public override IReadOnlyList<Page> Items(string place) => [.. Select(place).Select(found => new HtmlPage(found))];

        public override string? Find(string place)
        {
            var at = place.LastIndexOf('@');
            var (selector, attribute) = at < 0 ? (place, null) : (place[..at], place[(at + 1)..]);
            var found = selector.Length == 0 ? node as IElement : Select(selector).FirstOrDefault();
            return (attribute is null ? found?.TextContent : found?.GetAttribute(attribute))?.Trim();
        }

        private IEnumerable<IElement> Select(string selector)
        {
            try
            {
                return node.QuerySelectorAll(selector);
            }
            catch (DomException e)
            {
                throw new PageException($"'{selector}' is no CSS selector ({e.Message.TrimEnd('.')})", e);
            }
        }
    }
}

/// <summary>A page is not what the source's file says; the message says what is wrong, as a part of a sentence.</summary>
internal sealed class PageException(string message, Exception? inner = null) : ForeseenException(FailureKind.Failed, message, inner);
