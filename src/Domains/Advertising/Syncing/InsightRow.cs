using System.Globalization;
using System.Text.Json;
using Tradepost.Advertising.Metrics;

namespace Tradepost.Advertising.Syncing;

/// <summary>What an ad did on a day, read strictly: a value that is none, or does not fit, makes the row none.</summary>
internal sealed record InsightRow
{
    private const string NoKey = "missing_key";
    private const string NoNumber = "not_a_number";
    private const string TooLarge = "out_of_range";
    private const string NoDay = "not_asked_for";

    public required string Campaign { get; init; }

    public required string AdSet { get; init; }

    public required string Ad { get; init; }

    public required DateOnly Day { get; init; }

    public long Impressions { get; init; }

    public long Clicks { get; init; }

    /// <summary>Major units of the account's currency.</summary>
    public decimal Spend { get; init; }

    public decimal Conversions { get; init; }

    public decimal Value { get; init; }

    public long? Reach { get; init; }

    public string? Currency { get; init; }

    public string? CampaignName { get; init; }

    public string? AdSetName { get; init; }

    public string? AdName { get; init; }

    /// <summary>Reads a row of the API.</summary>
    /// <param name="row">The row.</param>
    /// <param name="conversion">The kind of action that counts.</param>
    /// <param name="asked">The days that were asked for.</param>
    /// <param name="problem">The rule that it breaks, and why; null where it is a row.</param>
    public static InsightRow? Read(JsonElement row, string conversion, InsightQuery asked, out (string Rule, string Text)? problem)
    {
        problem = null;
        var reading = new Reading(row);
        var read = new InsightRow
        {
            Campaign = reading.Key("campaign_id"),
            AdSet = reading.Key("adset_id"),
            Ad = reading.Key("ad_id"),
            Day = reading.Day(asked),
            Impressions = reading.Count("impressions") ?? 0,
            Clicks = reading.Count("clicks") ?? 0,
            Spend = reading.Amount(row, "spend", ReportedRows.Spend.Name) ?? 0,
            Conversions = reading.Action("actions", conversion, ReportedRows.Conversions.Name),
            Value = reading.Action("action_values", conversion, ReportedRows.Value.Name),
            Reach = reading.Count("reach"),
            Currency = Reading.Text(row, "account_currency"),
            CampaignName = Reading.Text(row, "campaign_name"),
            AdSetName = Reading.Text(row, "adset_name"),
            AdName = Reading.Text(row, "ad_name"),
        };
        problem = reading.Problem;
        return problem is null ? read : null;
    }

    /// <summary>The values of a row, and the first that is none.</summary>
    private sealed class Reading(JsonElement row)
    {
        public (string Rule, string Text)? Problem { get; private set; }

        public static string? Text(JsonElement element, string name) =>
            element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
                ? value.ToString()
                : null;

        public string Key(string name)
        {
            var key = Text(row, name);
            return string.IsNullOrEmpty(key) ? Fail("", NoKey, $"{name} is missing") : key;
        }

        public DateOnly Day(InsightQuery asked)
        {
            var (from, to) = (Text(row, "date_start"), Text(row, "date_stop"));
            return !DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                    ? Fail(day, NoDay, $"date_start is '{from}'; expected is a day, as 2026-01-31")
                : to is not null && to != from ? Fail(day, NoDay, $"it is of {from} to {to}; expected is one day")
                : day < asked.From || day > asked.To ? Fail(day, NoDay, $"it is of {from}, which was not asked for")
                : day;
        }

        public long? Count(string name) =>
            Text(row, name) is not { } text ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : Fail(
                0,
                text.Length > 0 && text.All(char.IsAsciiDigit) ? TooLarge : NoNumber,
                $"{name} is '{text}'; expected is a whole number from 0 to {long.MaxValue}"
            );

        public decimal? Amount(JsonElement element, string name, string column) =>
            Text(element, name) is not { } text ? null
            : !decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var amount
            )
                ? Fail(0m, NoNumber, $"{name} of {column} is '{text}'; expected is a number")
            : ExactAmount.TryScale(amount, ReportedRows.All.First(one => one.Name == column), out _) ? amount
            : Fail(0m, TooLarge, $"{name} of {column} is {text}, which has more digits than the store keeps");

        /// <summary>The value of one kind of action: an account without any of it has none.</summary>
        public decimal Action(string list, string kind, string column)
        {
            if (!row.TryGetProperty(list, out var actions) || actions.ValueKind != JsonValueKind.Array)
            {
                return 0;
            }

            var action = actions.EnumerateArray().FirstOrDefault(one => Text(one, "action_type") == kind);
            return action.ValueKind == JsonValueKind.Object ? Amount(action, "value", column) ?? 0 : 0;
        }

        private T Fail<T>(T value, string rule, string text)
        {
            Problem ??= (rule, text);
            return value;
        }
    }
}
