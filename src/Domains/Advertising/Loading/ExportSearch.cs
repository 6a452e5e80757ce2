using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Loading;

/// <summary>Finds what the columns of a file are. What is missing or can be two things is refused with what settles it.</summary>
internal sealed class ExportSearch(DataFile file, LoadExportsOptions options, TableForm said)
{
    /// <summary>Titles, ranges and blank lines that platforms write above the header.</summary>
    private const int MostLinesBefore = 12;

    private const string NotMapped = "-";
    private const string Segment = "segment";
    private const int ShownNames = 30;

    public ExportForm Find()
    {
        var head = TableHead.Read(file, said, names => names.Count(IsKnown), MostLinesBefore);
        var names = head.Records[0];
        var columns = Named(names);
        if (!Has(columns, ExportRole.Campaign) && !Has(columns, ExportRole.CampaignName))
        {
            throw Lacks("a column with campaigns", "campaign", names);
        }

        if (!columns.Exists(column => column.Field.Role is ExportRole.Impressions or ExportRole.Clicks or ExportRole.Spend))
        {
            throw Lacks("columns with impressions, clicks or spend", "impressions", names);
        }

        var range = RangeOf(head);
        return new ExportForm
        {
            Head = head,
            Columns = [.. Survey(head, columns).OrderBy(column => column.Index)],
            Day = DayOf(columns, range, names),
            Range = range,
            Account = options.Account,
            Currency = columns
                .Where(column => column.Field.Role is ExportRole.Spend or ExportRole.Value)
                .Select(column => ExportFields.CurrencyOf(column.Name))
                .FirstOrDefault(code => code is not null),
        };
    }

    private static bool Has(List<ExportColumn> columns, ExportRole role) => columns.Exists(column => column.Field.Role == role);

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private bool IsKnown(string name) => ExportFields.IsKnown(name) || Mapped().Any(pair => IsSame(pair.Column, name));

    private IEnumerable<(string Column, string Field)> Mapped() =>
        options.Map.Select(pair =>
            pair.LastIndexOf('=') is > 0 and var at && at < pair.Length - 1
                ? (pair[..at].Trim(), pair[(at + 1)..].Trim())
                : throw new FileFormException(
                    $"{said.Spelled("map")} is '{pair}'; expected is COLUMN=FIELD, such as Werbekampagne=campaign."
                )
        );

    private List<ExportColumn> Named(IReadOnlyList<string> names)
    {
        var columns = new List<ExportColumn>();
        var taken = new HashSet<int>();
        foreach (var (name, field) in Mapped())
        {
            foreach (var (index, column) in names.Index().Where(one => IsSame(one.Item, name)))
            {
                taken.Add(index);
                if (field != NotMapped)
                {
                    columns.Add(new ExportColumn(index, column, FieldOf(field, column)));
                }
            }
        }

        foreach (var field in ExportFields.All.Where(field => columns.TrueForAll(column => column.Field.Name != field.Name)))
        {
            var best = names
                .Index()
                .Where(name => !taken.Contains(name.Index))
                .Select(name => (name.Index, Rank: ExportFields.Rank(field, name.Item)))
                .Where(name => name.Rank is not null)
                .OrderBy(name => name.Rank)
                .ToList();
            if (best.Count > 1 && best[0].Rank == best[1].Rank)
            {
                throw new FileFormException(
                    $"{file.Name}: '{Shown.Cell(names[best[0].Index])}' and '{Shown.Cell(names[best[1].Index])}' are both {field.Name}; say which is, with {said.Setting("map", $"COLUMN={field.Name}")}, once one of them has another name."
                );
            }

            if (best.Count > 0)
            {
                taken.Add(best[0].Index);
                columns.Add(new ExportColumn(best[0].Index, names[best[0].Index], field));
            }
        }

        return columns;
    }

    private static ExportField FieldOf(string name, string column) =>
        name == Segment
            ? new ExportField(ExportFields.Plain(column), ExportRole.Segment)
            : ExportFields.Named(name)
                ?? throw new FileFormException(
                    $"'{name}' is no field; there are {string.Join(", ", ExportFields.All.Select(field => field.Name))}, segment for a column that divides an ad's day, and - for one that is passed over."
                );

    private DateOnly? DayOf(List<ExportColumn> columns, ReportRange? range, IReadOnlyList<string> names)
    {
        if (options.Day is { } day)
        {
            return day;
        }

        if (columns.Exists(column => column.Field.IsDay))
        {
            return null;
        }

        if (range is null)
        {
            throw Lacks("a column with days", "day", names);
        }

        return range.First == range.Last
            ? range.First
            : throw new FileFormException(
                $"{file.Name} has no column with days, and is of {range.First:yyyy-MM-dd} to {range.Last:yyyy-MM-dd}: export it with a row for each day, or put all of it on one with {said.Setting("day", $"{range.Last:yyyy-MM-dd}")}."
            );
    }

    private FileFormException Lacks(string what, string field, IReadOnlyList<string> names) =>
        new(
            $"{file.Name} lacks {what} ({field}); its columns are {string.Join(", ", names.Take(ShownNames).Select(name => $"'{Shown.Cell(name)}'"))}. Say which it is with {said.Setting("map", $"COLUMN={field}")}."
        );

    private static ReportRange? RangeOf(TableHead head)
    {
        using var reader = head.File.Read();
        for (var i = 0; i < head.LinesBefore && reader.TryRead(out var line); i++)
        {
            if (ReportRange.Find(System.Text.Encoding.UTF8.GetString(line)) is { } range)
            {
                return range;
            }
        }

        return null;
    }

    /// <summary>Looks at amounts and days of all rows.</summary>
    private List<ExportColumn> Survey(TableHead head, List<ExportColumn> columns)
    {
        var amounts = columns
            .Where(column => column.Field.IsAmount)
            .ToDictionary(column => column, column => new AmountSearch(file.Name, column.Name, said));
        var days = columns
            .Where(column => column.Field.IsDay)
            .ToDictionary(column => column, column => new NotationSearch(file.Name, column.Name, said));
        var cells = new RecordCells((byte)head.Delimiter.Sign);
        using var reader = head.File.Read(cells.IsOpen);
        while (reader.TryRead(out var line) && reader.Tail == 0)
        {
            if (reader.FirstLineNumber <= head.LinesOfFirst || !cells.TrySplit(line, out _) || cells.Count != head.Records[0].Count)
            {
                continue;
            }

            foreach (var (column, search) in amounts)
            {
                search.Add(ExportCell.Amount(cells.Cell(line, column.Index)), reader.FirstLineNumber);
            }

            foreach (var (column, search) in days)
            {
                search.Add(cells.Cell(line, column.Index), reader.FirstLineNumber);
            }
        }

        var clear = amounts.Values.Select(search => search.Clear).FirstOrDefault(sign => sign is not null);
        return
        [
            .. columns.Select(column =>
                amounts.TryGetValue(column, out var amount) ? column with { Sign = amount.Find(clear) }
                : days.TryGetValue(column, out var day) ? column with { Times = day.Find() }
                : column with { Sign = clear ?? DecimalSign.Point }
            ),
        ];
    }
}
