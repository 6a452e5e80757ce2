using System.Text;

namespace Tradepost.Marketplace.Loading;

/// <summary>Everything that columns can be, with what files call it in English, Russian and Kazakh.</summary>
internal static class Fields
{
    public static readonly IReadOnlyList<Field> All =
    [
        new(
            "sku",
            FieldRole.Sku,
            FieldType.Text,
            "sku",
            "product_code",
            "product_id",
            "productid",
            "item_id",
            "itemid",
            "article",
            "asin",
            "артикул",
            "код_товара",
            "id_товара",
            "номер_товара",
            "номенклатура",
            "код",
            "тауар_коды",
            "тауар_нөмірі",
            "өнім_коды",
            "код_продукта",
            "code",
            "id"
        ),
        new("url", FieldRole.Url, FieldType.Text, "url", "product_url", "link", "product_link", "ссылка", "адрес", "сілтеме"),
        new(
            "title",
            FieldRole.Title,
            FieldType.Text,
            "title",
            "product_name",
            "product_title",
            "item_name",
            "название_товара",
            "наименование_товара",
            "наименование",
            "название",
            "товар",
            "тауар_атауы",
            "өнім_атауы",
            "атауы",
            "тауар",
            "product",
            "name"
        ),
        new(
            "brand",
            FieldRole.Brand,
            FieldType.Text,
            "brand",
            "brand_name",
            "manufacturer",
            "бренд",
            "торговая_марка",
            "марка",
            "производитель",
            "бренді",
            "өндіруші"
        ),
        new(
            "category",
            FieldRole.Category,
            FieldType.Text,
            "category",
            "category_name",
            "subj_name",
            "категория",
            "предмет",
            "санаты",
            "санат"
        ),
        new(
            "parent_category",
            FieldRole.ParentCategory,
            FieldType.Text,
            "parent_category",
            "subj_root_name",
            "родительская_категория",
            "раздел",
            "бөлім",
            "ата_санат"
        ),
        new(
            "date",
            FieldRole.Day,
            FieldType.Day,
            "date",
            "feature_date",
            "day",
            "snapshot_date",
            "scrape_date",
            "crawl_date",
            "crawl_month",
            "дата",
            "день",
            "күні",
            "күн"
        ),
        new(
            "time",
            FieldRole.SeenAt,
            FieldType.Moment,
            "captured_at",
            "scraped_at",
            "collected_at",
            "timestamp",
            "time",
            "datetime",
            "время",
            "дата_и_время",
            "уақыты",
            "уақыт"
        ),
        new("merchant_id", FieldRole.MerchantId, FieldType.Text, "merchant_id", "seller_id", "shop_id", "id_продавца", "сатушы_коды"),
        new(
            "merchant",
            FieldRole.Merchant,
            FieldType.Text,
            "merchant",
            "seller",
            "seller_name",
            "merchant_title",
            "merchant_name",
            "shop",
            "shop_name",
            "store",
            "vendor",
            "продавец",
            "магазин",
            "сатушы",
            "дүкен"
        ),
        new(
            "merchant_rating",
            FieldRole.MerchantRating,
            FieldType.Amount,
            "merchant_rating",
            "seller_rating",
            "рейтинг_продавца",
            "сатушы_рейтингі"
        ),
        new(
            "price",
            FieldRole.Price,
            FieldType.Amount,
            "price",
            "unit_price",
            "current_price",
            "sale_price",
            "цена_со_скидкой",
            "цена",
            "стоимость",
            "бағасы",
            "баға",
            "cost"
        ),
        new(
            "availability",
            FieldRole.Availability,
            FieldType.Text,
            "availability",
            "in_stock",
            "item_status",
            "status",
            "наличие",
            "в_наличии",
            "статус",
            "бар_болуы",
            "қолжетімділік"
        ),
        new("delivery_days", FieldRole.DeliveryDays, FieldType.Count, "delivery_days", "срок_доставки", "доставка", "жеткізу_күндері"),
        new("first_day", FieldRole.FirstDay, FieldType.Day, "first_day", "from", "period_start", "start_date", "начало", "с", "басталуы"),
        new("last_day", FieldRole.LastDay, FieldType.Day, "last_day", "to", "period_end", "end_date", "конец", "по", "аяқталуы"),
        new(
            "units",
            FieldRole.Units,
            FieldType.Amount,
            "units",
            "units_sold",
            "quantity_sold",
            "sales",
            "продано",
            "продажи",
            "продано_штук",
            "сатылды",
            "сатылым"
        ),
        new("most_units", FieldRole.MostUnits, FieldType.Amount, "most_units", "max_units", "units_max"),
        Count(
            "reviews",
            "reviews",
            "review_count",
            "reviews_count",
            "ratings_qnt",
            "rating_count",
            "ratings_count",
            "cmt_count",
            "comments",
            "количество_отзывов",
            "кол_во_отзывов",
            "число_отзывов",
            "отзывы",
            "отзывов",
            "пікірлер_саны",
            "пікір_саны",
            "пікірлер"
        ),
        Number("rating", "rating", "stars", "product_rating", "рейтинг", "оценка", "рейтингі", "бағалау"),
        Number(
            "old_price",
            "old_price",
            "price_before_discount",
            "retail_price",
            "list_price",
            "старая_цена",
            "цена_без_скидки",
            "ескі_баға"
        ),
        Number("min_price", "min_price", "минимальная_цена", "мин_цена", "ең_төмен_баға"),
        Number("max_price", "max_price", "максимальная_цена", "макс_цена", "ең_жоғары_баға"),
        Count(
            "merchants",
            "merchants",
            "sellers",
            "total_sellers_qnt",
            "sellers_count",
            "offers_count",
            "количество_продавцов",
            "продавцов",
            "сатушылар_саны",
            "сатушылар"
        ),
        Count("position", "position", "rank", "позиция", "место", "орны"),
        Count("stock", "stock", "inventory_total", "inventory", "остаток", "остатки", "қалдық", "қалдығы"),
        Count("sold", "sold", "historical_sold"),
        Count("likes", "likes", "liked_count", "favorites", "в_избранном", "ұнатулар"),
        new("discount", FieldRole.Feature, FieldType.Percent, "discount", "скидка", "жеңілдік"),
        new("first_review", FieldRole.Feature, FieldType.Day, "first_review", "review_date_oldest", "первый_отзыв", "бірінші_пікір"),
        new("last_review", FieldRole.Feature, FieldType.Day, "last_review", "review_date_latest", "последний_отзыв", "соңғы_пікір"),
    ];

    /// <summary>Currencies and units that names of columns end in: <c>price_kzt</c>, <c>Цена, тг</c>.</summary>
    private static readonly string[] Endings = ["kzt", "usd", "eur", "rub", "тг", "тенге", "теңге", "руб", "рублей", "шт", "дней"];

    /// <summary>A name in lower case, its words joined by underscores, without a currency behind it.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(char.ToLowerInvariant(letter == 'ё' ? 'е' : letter));
            }
            else if (plain.Length > 0 && plain[^1] != '_')
            {
                plain.Append('_');
            }
        }

        var text = plain.ToString().Trim('_');
        foreach (var ending in Endings)
        {
            if (text.EndsWith($"_{ending}", StringComparison.Ordinal))
            {
                return text[..^(ending.Length + 1)];
            }
        }

        return text;
    }

    /// <summary>The field of that name; null where there is none.</summary>
    public static Field? Named(string name) => All.FirstOrDefault(field => field.Name == name);

    /// <summary>The field of a role that has but one.</summary>
    public static Field Of(FieldRole role) => All.First(field => field.Role == role);

    /// <summary>A feature that no field is.</summary>
    public static Field Other(string name) => new(name, FieldRole.Feature, FieldType.Any);

    /// <summary>How good a name is for a field: 0 is the best, null is none of it.</summary>
    public static int? Rank(Field field, string name)
    {
        var place = Array.IndexOf(field.Synonyms, Plain(name));
        return place < 0 ? null : place;
    }

    /// <summary>Whether any field has such a name.</summary>
    public static bool IsKnown(string name) => All.Any(field => Rank(field, name) is not null);

    private static Field Count(string name, params string[] synonyms) => new(name, FieldRole.Feature, FieldType.Count, synonyms);

    private static Field Number(string name, params string[] synonyms) => new(name, FieldRole.Feature, FieldType.Amount, synonyms);
}
