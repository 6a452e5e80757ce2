using Tradepost.Storage.Tables;

namespace Tradepost.Advertising.Metrics;

/// <summary>
/// The columns of rows that platforms report, on their way into the domain's tables. A measure that is null was not reported: what is known
/// of it stays.
/// </summary>
internal static class ReportedRows
{
    /// <summary>Digits of money, and those behind the point.</summary>
    public const int MoneyPrecision = 28;
    public const int MoneyScale = 9;

    /// <summary>Digits of counts that may be shared between ads, and those behind the point.</summary>
    public const int SharePrecision = 18;
    public const int ShareScale = 6;

    public static readonly Column Account = new("user_id", ColumnType.Text, IsNullable: false);
    public static readonly Column Campaign = new("campaign_id", ColumnType.Text, IsNullable: false);

    /// <summary>Empty where the row is of a whole campaign.</summary>
    public static readonly Column AdSet = new("ad_set_id", ColumnType.Text, IsNullable: false);

    /// <summary>Empty where the row is of a whole campaign or ad set.</summary>
    public static readonly Column Ad = new("ad_id", ColumnType.Text, IsNullable: false);

    /// <summary>The begin of the day, on the clock of the account.</summary>
    public static readonly Column Day = new("timestamp", ColumnType.Timestamp, IsNullable: false);
    public static readonly Column Breakdown = new("breakdown", ColumnType.Text, IsNullable: false);
    public static readonly Column Segment = new("segment", ColumnType.Text, IsNullable: false);
    public static readonly Column Impressions = new("impressions", ColumnType.BigInt);
    public static readonly Column Clicks = new("clicks", ColumnType.BigInt);
    public static readonly Column Spend = Column.Decimal("spend", MoneyPrecision, MoneyScale);
    public static readonly Column Conversions = Column.Decimal("conversions", SharePrecision, ShareScale);
    public static readonly Column ApprovedConversions = Column.Decimal("approved_conversions", SharePrecision, ShareScale);
    public static readonly Column Value = Column.Decimal("conversion_value", MoneyPrecision, MoneyScale);
    public static readonly Column Reach = new("reach", ColumnType.BigInt);
    public static readonly Column AccountName = new("account_name", ColumnType.Text);
    public static readonly Column Currency = new("currency", ColumnType.Text);
    public static readonly Column CampaignName = new("campaign_name", ColumnType.Text);
    public static readonly Column CampaignStatus = new("campaign_status", ColumnType.Text);
    public static readonly Column AdSetName = new("ad_set_name", ColumnType.Text);
    public static readonly Column AdName = new("ad_name", ColumnType.Text);

    /// <summary>Which row of its source it is: of several with one key the last one counts.</summary>
    public static readonly Column Place = new("place", ColumnType.BigInt, IsNullable: false);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Column> All =
    [
        Account,
        Campaign,
        AdSet,
        Ad,
        Day,
        Breakdown,
        Segment,
        Impressions,
        Clicks,
        Spend,
        Conversions,
        ApprovedConversions,
        Value,
        Reach,
        AccountName,
        Currency,
        CampaignName,
        CampaignStatus,
        AdSetName,
        AdName,
        Place,
    ];
}
