using System.Text;
using Tradepost.Advertising.Money;

namespace Tradepost.Advertising.Loading;

/// <summary>
/// Everything that columns can be, with what Meta, Google Ads, TikTok and Yandex Direct call it in English, Russian and Ukrainian.
/// </summary>
internal static class ExportFields
{
    public static readonly IReadOnlyList<ExportField> All =
    [
        new(
            "account",
            ExportRole.Account,
            "account_id",
            "customer_id",
            "advertiser_id",
            "ad_account_id",
            "идентификатор_аккаунта",
            "id_аккаунта",
            "ідентифікатор_облікового_запису"
        ),
        new(
            "account_name",
            ExportRole.AccountName,
            "account_name",
            "account",
            "advertiser_name",
            "название_аккаунта",
            "имя_аккаунта",
            "аккаунт",
            "назва_облікового_запису",
            "обліковий_запис"
        ),
        new("currency", ExportRole.Currency, "currency_code", "currency", "account_currency", "код_валюты", "валюта", "код_валюти"),
        new(
            "campaign",
            ExportRole.Campaign,
            "campaign_id",
            "campaignid",
            "xyz_campaign_id",
            "идентификатор_кампании",
            "id_кампании",
            "номер_кампании",
            "кампании",
            "ідентифікатор_кампанії",
            "номер_кампанії"
        ),
        new(
            "campaign_name",
            ExportRole.CampaignName,
            "campaign_name",
            "campaignname",
            "campaign",
            "название_кампании",
            "кампания",
            "назва_кампанії",
            "кампанія"
        ),
        new(
            "campaign_status",
            ExportRole.CampaignStatus,
            "campaign_status",
            "campaign_state",
            "campaign_delivery",
            "статус_кампании",
            "состояние_кампании",
            "статус_кампанії",
            "стан_кампанії"
        ),
        new(
            "ad_set",
            ExportRole.AdSet,
            "ad_set_id",
            "adset_id",
            "ad_group_id",
            "adgroup_id",
            "adgroupid",
            "fb_campaign_id",
            "идентификатор_группы_объявлений",
            "id_группы_объявлений",
            "id_группы",
            "номер_группы",
            "группы",
            "ідентифікатор_групи_оголошень",
            "номер_групи"
        ),
        new(
            "ad_set_name",
            ExportRole.AdSetName,
            "ad_set_name",
            "adset_name",
            "ad_group_name",
            "adgroup_name",
            "adgroupname",
            "ad_group",
            "ad_set",
            "название_группы_объявлений",
            "группа_объявлений",
            "название_группы",
            "группа",
            "назва_групи_оголошень",
            "група_оголошень",
            "назва_набору_реклами",
            "група"
        ),
        new(
            "ad",
            ExportRole.Ad,
            "ad_id",
            "adid",
            "идентификатор_объявления",
            "id_объявления",
            "номер_объявления",
            "объявления",
            "ідентифікатор_оголошення",
            "ідентифікатор_реклами",
            "номер_оголошення"
        ),
        new(
            "ad_name",
            ExportRole.AdName,
            "ad_name",
            "adname",
            "ad",
            "название_объявления",
            "заголовок_объявления",
            "объявление",
            "назва_оголошення",
            "назва_реклами",
            "оголошення"
        ),
        new("day", ExportRole.Day, "day", "date", "by_day", "stat_time_day", "день", "дата"),
        new(
            "first_day",
            ExportRole.FirstDay,
            "reporting_starts",
            "date_start",
            "start_date",
            "начало_отчетности",
            "дата_начала_отчетности",
            "начало_отчетного_периода",
            "початок_звітності",
            "дата_початку_звітності",
            "початок_звітного_періоду"
        ),
        new(
            "last_day",
            ExportRole.LastDay,
            "reporting_ends",
            "date_stop",
            "end_date",
            "окончание_отчетности",
            "дата_окончания_отчетности",
            "конец_отчетности",
            "окончание_отчетного_периода",
            "кінець_звітності",
            "завершення_звітності",
            "дата_завершення_звітності",
            "кінець_звітного_періоду"
        ),
        Segment("age", "age", "age_range", "возраст", "вік"),
        Segment("gender", "gender", "пол", "стать"),
        Segment("interest", "interest", "интерес", "інтерес"),
        Segment("country", "country", "country_territory", "страна", "країна"),
        Segment("region", "region", "регион", "регион_таргетинга", "регіон"),
        Segment("platform", "publisher_platform", "platform", "платформа"),
        Segment(
            "placement",
            "placement",
            "platform_position",
            "плейсмент",
            "место_размещения",
            "место_показа",
            "площадка",
            "плейсмент_і_платформа",
            "місце_розміщення"
        ),
        Segment("device", "device", "device_platform", "impression_device", "тип_устройства", "устройство", "тип_пристрою", "пристрій"),
        Segment("network", "network_with_search_partners", "network", "сеть", "тип_площадки", "мережа"),
        Segment("hour", "hour_of_the_day", "hour", "hour_of_day", "час_дня", "час", "година_доби", "година"),
        Segment("keyword", "keyword", "search_keyword", "ключевое_слово", "условие_показа", "ключове_слово"),
        Segment("match_type", "match_type", "тип_соответствия", "тип_відповідності"),
        new("impressions", ExportRole.Impressions, "impressions", "impr", "impression", "shows", "показы", "покази"),
        new(
            "clicks",
            ExportRole.Clicks,
            "clicks",
            "clicks_all",
            "clicks_destination",
            "click",
            "link_clicks",
            "inline_link_clicks",
            "клики",
            "клики_все",
            "клики_по_ссылке",
            "переходы",
            "кліки",
            "кліки_усі",
            "кліки_всі",
            "кліки_посилання",
            "кліки_за_посиланням"
        ),
        new(
            "spend",
            ExportRole.Spend,
            "spend",
            "amount_spent",
            "cost",
            "spent",
            "total_cost",
            "сумма_затрат",
            "потраченная_сумма",
            "расход",
            "расходы",
            "стоимость",
            "затраты",
            "витрачена_сума",
            "сума_витрат",
            "витрати",
            "вартість"
        ),
        new(
            "conversions",
            ExportRole.Conversions,
            "conversions",
            "conversion",
            "total_conversion",
            "total_conversions",
            "purchases",
            "website_purchases",
            "results",
            "конверсии",
            "покупки",
            "результаты",
            "конверсії",
            "результати"
        ),
        new("approved_conversions", ExportRole.ApprovedConversions, "approved_conversion", "approved_conversions"),
        new(
            "value",
            ExportRole.Value,
            "conv_value",
            "conversion_value",
            "purchases_conversion_value",
            "total_conv_value",
            "revenue",
            "ценность_конв",
            "ценность_конверсии",
            "доход",
            "цінність_конв",
            "цінність_конверсій",
            "дохід"
        ),
        new("reach", ExportRole.Reach, "reach", "охват", "охоплення"),
    ];

    /// <summary>Words that end the name of a column of money without being a currency's code, with the code.</summary>
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["руб"] = "RUB",
        ["грн"] = "UAH",
        ["тг"] = "KZT",
        ["₽"] = "RUB",
        ["₴"] = "UAH",
        ["€"] = "EUR",
        ["₸"] = "KZT",
    };

    /// <summary>A name in small letters, its words joined by underscores.</summary>
    public static string Plain(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var letter in name)
        {
            if (char.IsLetterOrDigit(letter))
            {
                plain.Append(char.ToLowerInvariant(letter is 'ё' or 'Ё' ? 'е' : letter));
            }
            else if (plain.Length > 0 && plain[^1] != '_')
            {
                plain.Append('_');
            }
        }

        return plain.ToString().Trim('_');
    }

    /// <summary>The currency that a name of a column ends in, such as <c>Amount spent (USD)</c>; null without one.</summary>
    public static string? CurrencyOf(string name)
    {
        var last = LastWord(name);
        return Words.GetValueOrDefault(last.ToLowerInvariant())
            ?? (last.Length == 3 && last.All(char.IsAsciiLetterUpper) ? Currency.Find(last)?.Code : null);
    }

    /// <summary>The field of that name; null where there is none.</summary>
    public static ExportField? Named(string name) => All.FirstOrDefault(field => field.Name == name);

    /// <summary>How good a name is for a field: 0 is the best, null is none of it.</summary>
    public static int? Rank(ExportField field, string name)
    {
        var place = Array.IndexOf(field.Synonyms, Plain(name));
        if (place < 0 && field.IsAmount && CurrencyOf(name) is not null)
        {
            place = Array.IndexOf(field.Synonyms, Plain(name[..name.LastIndexOf(LastWord(name), StringComparison.Ordinal)]));
        }

        return place < 0 ? null : place;
    }

    /// <summary>Whether any field has such a name.</summary>
    public static bool IsKnown(string name) => All.Any(field => Rank(field, name) is not null);

    private static string LastWord(string name)
    {
        var words = name.Split([' ', '(', ')', ',', '.', '_'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? words[^1] : "";
    }

    private static ExportField Segment(string name, params string[] synonyms) => new(name, ExportRole.Segment, synonyms);
}
