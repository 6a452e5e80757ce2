using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Tradepost.Advertising.Metrics;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;
using Tradepost.Storage.Tables;

namespace Tradepost.Advertising.Loading;

/// <summary>Lines of an export as rows that a platform reports. Rows of totals are left out.</summary>
internal sealed class ExportLines : LineParser
{
    private const int LongestText = 500;
    private const int LongestKept = 10_000;
    private const string LineName = "line";

    /// <summary>The rule of a row with the key of another one and other numbers.</summary>
    public const string RepeatedKey = "repeated_key";

    /// <summary>The rule of a row that is of several days.</summary>
    public const string SeveralDays = "several_days";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ExportForm form;
    private readonly RecordCells cells;
    private readonly ExportColumn[] segments;
    private readonly string breakdown;
    private readonly Dictionary<string, ExportMeasures> seen = new(StringComparer.Ordinal);
    private readonly string?[] texts = new string?[Enum.GetValues<ExportRole>().Length];
    private bool isFirst = true;
    private bool hasCells;
    private string? rule;
    private string problem = "";
    private long place;

    /// <summary>Makes rows of a file's lines.</summary>
    public ExportLines(ExportForm form)
        : base(new Table($"advertising {form.Fingerprint}", ReportedRows.All, []))
    {
        this.form = form;
        cells = new RecordCells((byte)form.Head.Delimiter.Sign);
        segments =
        [
            .. form
                .Columns.Where(column => column.Field.Role == ExportRole.Segment)
                .OrderBy(column => column.Field.Name, StringComparer.Ordinal),
        ];
        breakdown = form.Breakdown;
    }

    /// <summary>What the rows so far add up to.</summary>
    public ExportTally Tally { get; } = new();

    public override int HeaderLines => form.Head.LinesOfFirst;

    public override bool IsOpen(ReadOnlySpan<byte> text) => cells.IsOpen(text);

    public override Finding Add(RowBatch batch, ReadOnlySpan<byte> line)
    {
        (rule, hasCells) = (null, false);
        line = isFirst ? TableHead.WithoutMark(line) : line;
        isFirst = false;
        if (!TrySplit(line, out var isTotals))
        {
            Tally.Totals += isTotals ? 1 : 0;
            return new Finding(rule, IsRow: false);
        }

        hasCells = true;
        if (IsTotals(line))
        {
            Tally.Totals++;
            return new Finding(null, IsRow: false);
        }

        return TryAdd(batch, line) ? Finding.Row : new Finding(rule, IsRow: false);
    }

    public override Reject RejectOf(long number, string rule, ReadOnlySpan<byte> line)
    {
        var text = $"{form.FileName}, line {number}: {(rule == this.rule ? problem : "the file ends in the middle of the row")}";
        var row = new Dictionary<string, string>();
        if (hasCells && rule == this.rule && line.Length <= LongestKept)
        {
            for (var i = 0; i < form.Names.Count; i++)
            {
                row[form.Names[i]] = Encoding.UTF8.GetString(cells.Cell(line, i)).Replace('\0', '\uFFFD');
            }
        }
        else
        {
            row[LineName] = TextOf(line);
        }

        return new Reject(number, rule, text, JsonSerializer.Serialize(row, Readable));
    }

    private bool TrySplit(ReadOnlySpan<byte> line, out bool isTotals)
    {
        isTotals = false;
        if (!cells.TrySplit(line, out var isOpen))
        {
            return isOpen
                ? throw new InvalidDataException("A quote in it is never closed: what comes behind cannot be told.")
                : Fail(FileRule.Quotes, "a quote begins or ends where none may");
        }

        if (cells.Count != form.Names.Count)
        {
            isTotals = TotalsRow.IsLabel(TextOfCell(line, 0));
            return !isTotals
                && (
                    Missing.Trim(line).IsEmpty
                        ? Fail(FileRule.BlankLine, "the line is blank")
                        : Fail(FileRule.CellCount, $"the row has {cells.Count} cells; expected are {form.Names.Count}, as in the header")
                );
        }

        return !line.SequenceEqual(form.Head.First) || Fail(FileRule.RepeatedHeader, "the header stands there again");
    }

    /// <summary>
    /// Whether a row is the sum of others: it names nothing that it is of, and has a label of totals in place of a day, or no account either.
    /// </summary>
    private bool IsTotals(ReadOnlySpan<byte> line)
    {
        var (isLabelled, isOfDay, hasAccount) = (TotalsRow.IsLabel(TextOfCell(line, 0)), false, false);
        foreach (var column in form.Columns.Where(column => !column.Field.IsMetric && column.Field.Role != ExportRole.Currency))
        {
            var cell = cells.Cell(line, column.Index);
            if (ExportCell.IsMissing(cell))
            {
                continue;
            }

            if (TotalsRow.IsLabel(Encoding.UTF8.GetString(cell)))
            {
                isLabelled = true;
            }
            else if (column.Field.IsDay)
            {
                isOfDay |= column.Times.TryRead(cell, out _);
            }
            else if (column.Field.Role is ExportRole.Account or ExportRole.AccountName)
            {
                hasAccount = true;
            }
            else
            {
                return false;
            }
        }

        return isLabelled ? !isOfDay : !hasAccount;
    }

    private bool TryAdd(RowBatch batch, ReadOnlySpan<byte> line)
    {
        if (!TryReadTexts(line) || !TryReadDay(line, out var day) || !TryReadMeasures(line, out var measures))
        {
            return false;
        }

        var account = Text(ExportRole.Account) ?? Text(ExportRole.AccountName) ?? form.Account;
        var campaign = Text(ExportRole.Campaign) ?? Text(ExportRole.CampaignName);
        if (campaign is null)
        {
            return Fail(FileRule.Missing, "campaign has no value");
        }

        var adSet = Text(ExportRole.AdSet) ?? Text(ExportRole.AdSetName) ?? "";
        var ad = Text(ExportRole.Ad) ?? Text(ExportRole.AdName) ?? "";
        var segment = SegmentOf(line);
        var key = string.Join('\u001f', account, campaign, adSet, ad, day.ToString(), segment);
        if (!seen.TryAdd(key, measures) && seen[key] != measures)
        {
            return Fail(
                RepeatedKey,
                "a row before has the same campaign, ad and day, and other numbers; name the column that tells them apart as a segment"
            );
        }

        Write(batch, account, campaign, adSet, ad, day, segment, measures);
        Tally.Add(account, campaign, day, measures);
        return true;
    }

    private string? Text(ExportRole role) => texts[(int)role];

    private string TextOfCell(ReadOnlySpan<byte> line, int index) => Encoding.UTF8.GetString(cells.Cell(line, index)).Trim();

    private string SegmentOf(ReadOnlySpan<byte> line)
    {
        var values = new string[segments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = TextOfCell(line, segments[i].Index);
        }

        return string.Join('|', values);
    }

    private bool TryReadTexts(ReadOnlySpan<byte> line)
    {
        Array.Clear(texts);
        foreach (var column in form.Columns.Where(column => !column.Field.IsMetric && !column.Field.IsDay))
        {
            var cell = Missing.Trim(cells.Cell(line, column.Index));
            if (cell.Length > LongestText)
            {
                return Fail(FileRule.TooLong, $"{column.Name} is '{Shown.Cell(cell)}'; expected is a text of at most {LongestText} bytes");
            }

            if (!Utf8.IsValid(cell) || cell.Contains((byte)0))
            {
                return Fail(FileRule.WrongType, $"{column.Name} is no text in UTF-8");
            }

            texts[(int)column.Field.Role] = ExportCell.IsMissing(cell) ? null : Encoding.UTF8.GetString(cell);
        }

        return true;
    }

    private bool TryReadDay(ReadOnlySpan<byte> line, out long day)
    {
        day = form.Day is { } said ? Moment.Of(said) : 0;
        if (form.Day is not null)
        {
            return true;
        }

        var column = form.Find(ExportRole.Day) ?? form.Find(ExportRole.FirstDay) ?? form.Find(ExportRole.LastDay)!; // the search found one
        if (!TryReadDay(line, column, out day))
        {
            return false;
        }

        if (column.Field.Role != ExportRole.FirstDay || form.Find(ExportRole.LastDay) is not { } end)
        {
            return true;
        }

        return TryReadDay(line, end, out var last)
            && (
                last == day
                || Fail(
                    SeveralDays,
                    $"the row is of {Moment.DayOf(day):yyyy-MM-dd} to {Moment.DayOf(last):yyyy-MM-dd}; export it with a row for each day"
                )
            );
    }

    private bool TryReadDay(ReadOnlySpan<byte> line, ExportColumn column, out long day)
    {
        var cell = cells.Cell(line, column.Index);
        day = 0;
        if (!column.Times.TryRead(cell, out var time))
        {
            return Fail(FileRule.WrongType, $"{column.Name} is '{Shown.Cell(cell)}'; expected is a day as {column.Times.Name}");
        }

        day = Moment.Of(DateOnly.FromDateTime(time.Local));
        return true;
    }

    private bool TryReadMeasures(ReadOnlySpan<byte> line, out ExportMeasures measures)
    {
        measures = default;
        if (
            !TryReadCount(line, ExportRole.Impressions, out var impressions)
            || !TryReadCount(line, ExportRole.Clicks, out var clicks)
            || !TryReadCount(line, ExportRole.Reach, out var reach)
            || !TryReadAmount(line, ExportRole.Spend, ReportedRows.Spend, out var spend)
            || !TryReadAmount(line, ExportRole.Conversions, ReportedRows.Conversions, out var conversions)
            || !TryReadAmount(line, ExportRole.ApprovedConversions, ReportedRows.ApprovedConversions, out var approved)
            || !TryReadAmount(line, ExportRole.Value, ReportedRows.Value, out var value)
        )
        {
            return false;
        }

        measures = new ExportMeasures(impressions, clicks, spend, conversions, approved, value, reach);
        return true;
    }

    private bool TryReadCount(ReadOnlySpan<byte> line, ExportRole role, out long? count)
    {
        count = null;
        if (form.Find(role) is not { } column)
        {
            return true;
        }

        var cell = ExportCell.Amount(cells.Cell(line, column.Index));
        if (cell.IsEmpty)
        {
            count = role == ExportRole.Reach ? null : 0;
            return true;
        }

        if (!CountCell.TryParse(cell, column.Sign, out var found))
        {
            return Fail(FileRule.WrongType, $"{column.Name} is '{Shown.Cell(cell)}'; expected is a whole number");
        }

        count = found;
        return found >= 0 || Fail(FileRule.OutOfRange, $"{column.Name} is {found}; expected is a number from 0");
    }

    private bool TryReadAmount(ReadOnlySpan<byte> line, ExportRole role, Column stored, out decimal? amount)
    {
        amount = null;
        if (form.Find(role) is not { } column)
        {
            return true;
        }

        var cell = ExportCell.Amount(cells.Cell(line, column.Index));
        if (cell.IsEmpty)
        {
            amount = 0;
            return true;
        }

        if (!AmountCell.TryParse(cell, column.Sign, out var found))
        {
            return Fail(
                FileRule.WrongType,
                $"{column.Name} is '{Shown.Cell(cell)}'; expected is a number with a decimal {column.Sign.Name}"
            );
        }

        amount = found;
        return ExactAmount.TryScale(found, stored, out _)
            ? found >= 0 || Fail(FileRule.OutOfRange, $"{column.Name} is {found}; expected is a number from 0")
            : Fail(
                FileRule.OutOfRange,
                $"{column.Name} is {found}; expected are up to {stored.Precision - stored.Scale} digits before the decimal sign and {stored.Scale} behind it"
            );
    }

    private void Write(
        RowBatch batch,
        string account,
        string campaign,
        string adSet,
        string ad,
        long day,
        string segment,
        ExportMeasures measures
    )
    {
        var row = new ReportedRow(batch, batch.Count);
        row.Set(ReportedRows.Account, account);
        row.Set(ReportedRows.Campaign, campaign);
        row.Set(ReportedRows.AdSet, adSet);
        row.Set(ReportedRows.Ad, ad);
        row.Set(ReportedRows.Day, day);
        row.Set(ReportedRows.Breakdown, breakdown);
        row.Set(ReportedRows.Segment, segment);
        row.Set(ReportedRows.Impressions, measures.Impressions);
        row.Set(ReportedRows.Clicks, measures.Clicks);
        row.Set(ReportedRows.Spend, measures.Spend);
        row.Set(ReportedRows.Conversions, measures.Conversions);
        row.Set(ReportedRows.ApprovedConversions, measures.Approved);
        row.Set(ReportedRows.Value, measures.Value);
        row.Set(ReportedRows.Reach, measures.Reach);
        row.Set(ReportedRows.AccountName, Text(ExportRole.AccountName));
        row.Set(ReportedRows.Currency, Text(ExportRole.Currency)?.ToUpperInvariant() ?? form.Currency);
        row.Set(ReportedRows.CampaignName, Text(ExportRole.CampaignName));
        row.Set(ReportedRows.CampaignStatus, Text(ExportRole.CampaignStatus));
        row.Set(ReportedRows.AdSetName, Text(ExportRole.AdSetName));
        row.Set(ReportedRows.AdName, Text(ExportRole.AdName));
        row.Set(ReportedRows.Place, place++);
        batch.Count++;
    }

    private bool Fail(string broken, string what)
    {
        (rule, problem) = (broken, what);
        return false;
    }
}
