using Tradepost.Jobs;
using Tradepost.Storage.Connections;

namespace Tradepost.Marketplace.Monitoring;

/// <summary>Reads the files that say where products are looked at: <c>sources/NAME.yaml</c> in the data folder.</summary>
internal static class SourceFile
{
    private const int MostPages = 1000;
    private const double MostPerSecond = 100;
    private const int MostAtOnce = 16;
    private const int MostTries = 10;
    private const int MostSeconds = 300;

    // What the tables know of a product. Everything else is a feature of the day.
    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "sku",
        "title",
        "brand",
        "category",
        "availability",
        "merchant",
    };
    private static readonly string[] OfferFields = ["merchant", "price", "availability", "delivery_days"];

    /// <summary>Where the files are.</summary>
    public static string FolderOf(Settings settings) => Path.Combine(settings.DataFolder, "sources");

    /// <summary>The sources of a data folder, by name; all that there are where none is named.</summary>
    /// <exception cref="JobFailedException">A file is wrong, or there is none of a name.</exception>
    public static IReadOnlyList<WatchSource> Find(Settings settings, IReadOnlyCollection<string> names)
    {
        var folder = FolderOf(settings);
        var files = Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*.yaml")
                .Order(StringComparer.Ordinal)
                .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, StringComparer.Ordinal)
            : [];
        if (names.FirstOrDefault(name => !files.ContainsKey(name)) is { } unknown)
        {
            throw new JobFailedException(
                files.Count == 0
                    ? $"There is no source {unknown}: {folder} has none; write {unknown}.yaml there (docs/marketplace.md shows one)."
                    : $"There is no source {unknown} in {folder}; there are {string.Join(", ", files.Keys)}.",
                2
            );
        }

        return [.. (names.Count == 0 ? files.Keys : names).Select(name => Read(name, files[name]))];
    }

    /// <summary>The source that a file describes.</summary>
    public static WatchSource Read(string name, string path)
    {
        var file = YamlValue.Read(path);
        file.Expect("a source", "product", "list", "fields", "offers", "watch", "headers", "politeness", "folder");
        var fields = file.Find("fields") ?? throw file.Wrong("a source needs fields: what is read from a page, and where it stands");
        var watch = file.Find("watch");
        watch?.Expect("watch", "skus", "categories", "known");
        var source = new WatchSource(name, FieldsOf(fields, allowed: null))
        {
            Product = file.Find("product") is { } product ? PageOf(product, "product", "{sku}") : null,
            List = file.Find("list") is { } list ? ListOf(list) : null,
            Offers = file.Find("offers") is { } offers ? OffersOf(offers) : null,
            Skus = Texts(watch?.Find("skus")),
            Categories = Texts(watch?.Find("categories")),
            WatchesKnown = watch?.Find("known") is { } known && BooleanOf(known, "known"),
            Headers = HeadersOf(file.Find("headers")),
            Politeness = PolitenessOf(file.Find("politeness")),
            Folder = file.Find("folder") is { } folder
                ? Path.GetFullPath(TextOf(folder, "folder"), Path.GetDirectoryName(Path.GetFullPath(path))!)
                : null,
        };
        Check(file, source);
        return source;

        static IReadOnlyList<string> Texts(YamlValue? list) => list is null ? [] : [.. list.Items.Select(item => TextOf(item, "an item"))];
    }

    private static void Check(YamlValue file, WatchSource source)
    {
        if (source is { Product: null, List: null })
        {
            throw file.Wrong("a source needs product (the page of one product) or list (pages that list products)");
        }

        if (source.Product is null && (source.Skus.Count > 0 || source.WatchesKnown))
        {
            throw file.Wrong("watch names products, and there is no product: the page of one");
        }

        if (source.List is null && source.Categories.Count > 0)
        {
            throw file.Wrong("watch names categories, and there is no list: the pages of one");
        }

        if (source is { Skus.Count: 0, Categories.Count: 0, WatchesKnown: false })
        {
            throw file.Wrong("watch names nothing; give skus, categories or known: true");
        }

        if (source.List is not null && source.Fields.All(field => field.Name != "sku"))
        {
            throw file.Wrong("a list needs the field sku, by which its products are told apart");
        }

        if (source.Fields.All(field => field.Name is not ("reviews" or "price")))
        {
            throw file.Wrong("fields has neither reviews nor price; without them there is nothing to watch");
        }
    }

    private static PageRequest PageOf(YamlValue page, string what, string needed, params string[] further)
    {
        page.Expect(what, ["address", "format", "body", .. further]);
        var address = TextOf(page.Find("address") ?? throw page.Wrong($"{what} needs address"), $"{what}'s address");
        if (
            !Uri.TryCreate(address.Replace('{', '_').Replace('}', '_'), UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        )
        {
            throw page.Wrong($"{what}'s address is '{address}'; expected is one that begins with https:// or http://");
        }

        var body = page.Find("body") is { } text ? TextOf(text, $"{what}'s body") : null;
        if (!address.Contains(needed, StringComparison.Ordinal) && body?.Contains(needed, StringComparison.Ordinal) != true)
        {
            throw page.Wrong($"{what}'s address has no {needed}; all pages would be the same one");
        }

        var format = page.Find("format");
        return new PageRequest(
            address,
            format?.Text switch
            {
                null or "json" => PageFormat.Json,
                "html" => PageFormat.Html,
                var other => throw format.Wrong($"format is '{other}'; expected is json or html"),
            }
        )
        {
            Body = body,
        };
    }

    private static ListRequest ListOf(YamlValue list)
    {
        var page = PageOf(list, "list", "{page}", "items", "first_page", "most_pages");
        return new ListRequest(
            page,
            TextOf(list.Find("items") ?? throw list.Wrong("list needs items: where its products stand"), "list's items"),
            (int)NumberOf(list.Find("first_page"), "first_page", 1, 0, int.MaxValue),
            (int)NumberOf(list.Find("most_pages"), "most_pages", 50, 1, MostPages)
        );
    }

    private static OfferRules OffersOf(YamlValue offers)
    {
        offers.Expect("offers", "items", "fields", "address", "format", "body");
        return new OfferRules(
            TextOf(offers.Find("items") ?? throw offers.Wrong("offers needs items: where the offers stand"), "offers' items"),
            FieldsOf(offers.Find("fields") ?? throw offers.Wrong("offers needs fields"), OfferFields),
            offers.Find("address") is null ? null : PageOf(offers, "offers", "{sku}", "items", "fields")
        );
    }

    private static List<FieldRule> FieldsOf(YamlValue fields, string[]? allowed)
    {
        var rules = new List<FieldRule>();
        foreach (var (name, value) in fields.Keys)
        {
            if (allowed is null ? !IsName(name) : !allowed.Contains(name, StringComparer.Ordinal))
            {
                throw value.Wrong(
                    allowed is null
                        ? $"'{name}' is no name of a field; expected are small letters, digits and _"
                        : $"offers have no field {name}; expected are {string.Join(", ", allowed)}"
                );
            }

            if (value.IsMap)
            {
                value.Expect(name, "at", "type", "required");
            }

            var place = value.IsMap ? value.Find("at") ?? throw value.Wrong($"{name} needs at: where it stands") : value;
            var type = value.Find("type");
            rules.Add(
                new FieldRule(
                    name,
                    TextOf(place, name),
                    type?.Text switch
                    {
                        null => !Texts.Contains(name),
                        "number" => true,
                        "text" => false,
                        var other => throw type.Wrong($"type is '{other}'; expected is number or text"),
                    }
                )
                {
                    IsRequired = value.Find("required") is { } required && BooleanOf(required, "required"),
                }
            );
        }

        return rules;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    private static Dictionary<string, string> HeadersOf(YamlValue? headers)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers?.Keys ?? new Dictionary<string, YamlValue>(StringComparer.Ordinal))
        {
            var text = TextOf(value, name);
            if (text.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0)
            {
                throw value.Wrong($"the header {name} holds a control character");
            }

            all[name] = text;
        }

        return all;
    }

    private static Politeness PolitenessOf(YamlValue? said)
    {
        said?.Expect("politeness", "per_second", "at_once", "tries", "seconds", "robots", "user_agent");
        var usual = new Politeness();
        return new Politeness
        {
            PerSecond = NumberOf(said?.Find("per_second"), "per_second", usual.PerSecond, 0.001, MostPerSecond),
            AtOnce = (int)NumberOf(said?.Find("at_once"), "at_once", usual.AtOnce, 1, MostAtOnce),
            Tries = (int)NumberOf(said?.Find("tries"), "tries", usual.Tries, 1, MostTries),
            Limit = TimeSpan.FromSeconds(NumberOf(said?.Find("seconds"), "seconds", usual.Limit.TotalSeconds, 1, MostSeconds)),
            KeepsToRobots = said?.Find("robots") is not { } robots || BooleanOf(robots, "robots"),
            UserAgent = said?.Find("user_agent") is { } agent ? TextOf(agent, "user_agent") : usual.UserAgent,
        };
    }

    private static string TextOf(YamlValue value, string what) =>
        value.Text is { Length: > 0 } text ? text : throw value.Wrong($"{what} is no text");

    private static bool BooleanOf(YamlValue value, string what) =>
        value.Text switch
        {
            "true" => true,
            "false" => false,
            _ => throw value.Wrong($"{what} is '{value.Text}'; expected is true or false"),
        };

    private static double NumberOf(YamlValue? value, string what, double usual, double least, double most) =>
        value is null ? usual
        : double.TryParse(value.Text, out var number) && number >= least && number <= most ? number
        : throw value.Wrong($"{what} is '{value.Text}'; expected is a number from {least} to {most}");
}
