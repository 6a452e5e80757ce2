namespace Tradepost.Retail.Indicators;

public enum Period
{
    Day,
    Week,
    Month,
}
