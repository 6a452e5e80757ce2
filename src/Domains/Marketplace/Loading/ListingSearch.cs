using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Loading;

/// <summary>Finds what the rows and columns of a file are. What is missing or can be two things is refused with what settles it.</summary>
internal sealed class ListingSearch(DataFile file, LoadOptions options, TableForm said, DateOnly fileDay)
{
    private const string NotMapped = "-";

    /// <summary>Rows that are always looked at, and the most, for the decimal sign.</summary>
    private const int FewRows = 5_000;
    private const int ManyRows = 500_000;

    /// <summary>A marketplace that writes prices in 1/100,000 of the currency.</summary>
    private static readonly string[] FinePrices = ["itemid", "cmt_count", "price_before_discount"];

    private const int FinePriceUnit = 100_000;
    private const int SecondsDigits = 10;
    private const int MillisecondsDigits = 13;

    public ListingForm Find()
    {
        var head = TableHead.Read(file, said, names => names.Count(Fields.IsKnown));
        var first = head.Records[0];
        var hasHeader = options.Columns is null && IsHeader(first);
        var names = hasHeader ? first : [.. Enumerable.Range(1, first.Count).Select(number => number.ToString())];
        var rows = hasHeader ? head.Records.Skip(1).ToList() : head.Records;
        var columns = hasHeader ? Named(names) : Unnamed(first.Count, names, rows);
        var days = hasHeader ? PriceDays(names, columns) : [];
        RequireKey(columns, names);
        var kind = options.Kind ?? KindOf(columns, days, rows);
        columns = [.. columns, .. days];
        Require(kind, columns, names);
        if (kind == ListingKind.Products && hasHeader)
        {
            columns = [.. columns, .. Others(names, columns, rows)];
        }

        columns = [.. Survey(head, hasHeader, WithUnits(columns, names, rows)).OrderBy(column => column.Index)];
        var units = SpanOf(kind, columns, names, rows);
        var layout = LayoutOf(kind, columns);
        return new ListingForm
        {
            Head = head,
            Kind = kind,
            HasHeader = hasHeader,
            Names = names,
            Columns = [.. columns.Select(column => Placed(column, kind, columns, layout))],
            Day = options.Day ?? FileDay.Of(file.Name) ?? fileDay,
            IsDaySaid = options.Day is not null,
            Layout = layout,
            Units = units,
        };
    }

    private static bool Has(IEnumerable<MappedColumn> columns, FieldRole role) => columns.Any(column => column.Field.Role == role);

    private static bool HasMerchants(IReadOnlyList<MappedColumn> columns) =>
        Has(columns, FieldRole.Merchant) || Has(columns, FieldRole.MerchantId);

    private bool IsHeader(IReadOnlyList<string> first) =>
        first.Any(Fields.IsKnown)
        || Mapped().Any(pair => first.Any(name => IsSame(name, pair.Column)))
        || !first.Any(cell => ColumnContent.IsAddress(cell) || ColumnContent.IsNumber(cell));

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<(string Column, string Field)> Mapped() =>
        options.Map.Select(pair =>
            pair.LastIndexOf('=') is > 0 and var at && at < pair.Length - 1
                ? (pair[..at].Trim(), pair[(at + 1)..].Trim())
                : throw new FileFormException($"{said.Spelled("map")} is '{pair}'; expected is COLUMN=FIELD, such as Artikul=sku.")
        );

    private List<MappedColumn> Named(IReadOnlyList<string> names)
    {
        var columns = new List<MappedColumn>();
        var taken = new HashSet<int>();
        foreach (var (column, field) in Mapped())
        {
            var at = names.Index().Where(name => IsSame(name.Item, column)).Select(name => name.Index).ToList();
            if (at.Count == 0)
            {
                continue; // another file has it; one that none has is refused by the job
            }

            taken.UnionWith(at);
            columns.AddRange(at.Take(1).Where(_ => field != NotMapped).Select(index => Column(index, names, FieldOf(field))));
        }

        foreach (var field in Fields.All.Where(field => columns.All(column => column.Field != field)))
        {
            var candidates = names
                .Index()
                .Where(name => !taken.Contains(name.Index))
                .Select(name => (name.Index, Rank: Fields.Rank(field, name.Item)))
                .Where(name => name.Rank is not null)
                .OrderBy(name => name.Rank)
                .ToList();
            if (candidates.Count > 1 && candidates[0].Rank == candidates[1].Rank)
            {
                throw new FileFormException(
                    $"{file.Name}: {string.Join(" and ", candidates.Take(2).Select(one => $"'{Shown.Cell(names[one.Index])}'"))} are both {field.Name}; say which is, with {said.Setting("map", $"COLUMN={field.Name}")}, once one of them has another name."
                );
            }

            if (candidates.Count > 0)
            {
                taken.Add(candidates[0].Index);
                columns.Add(Column(candidates[0].Index, names, field));
            }
        }

        return columns;
    }

    private List<MappedColumn> Unnamed(int width, IReadOnlyList<string> names, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (options.Columns is not { } told)
        {
            return
            [
                .. ColumnContent
                    .Recognise(rows)
                    .Index()
                    .Where(column => column.Item is not null)
                    .Select(column => Column(column.Index, names, Fields.Of(column.Item!.Value))), // those that are null were left out
            ];
        }

        var fields = told.Split(',', StringSplitOptions.TrimEntries);
        return fields.Length == width
            ?
            [
                .. fields
                    .Index()
                    .Where(field => field.Item is not (NotMapped or ""))
                    .Select(field => Column(field.Index, names, FieldOf(field.Item))),
            ]
            : throw new FileFormException(
                $"{said.Spelled("columns")} names {fields.Length} columns, and {file.Name} has {width}; expected is one name for each, - for one that is passed over."
            );
    }

    private static MappedColumn Column(int index, IReadOnlyList<string> names, Field field) => new(index, names[index], field);

    private static Field FieldOf(string name) =>
        Fields.Named(name)
        ?? Fields.All.FirstOrDefault(field => Fields.Rank(field, name) is not null)
        ?? (
            name.Length > 0 && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
                ? Fields.Other(name)
                : throw new FileFormException(
                    $"'{name}' is no field; there are {string.Join(", ", Fields.All.Select(field => field.Name))}, and any other name in small letters, digits and underscores, which is kept among the features."
                )
        );

    private static bool IsNumbers(IReadOnlyList<IReadOnlyList<string>> rows, int index)
    {
        var cells = rows.Select(row => row[index]).Where(cell => !ColumnContent.IsMissing(cell)).ToList();
        return cells.Count > 0 && cells.TrueForAll(ColumnContent.IsNumber);
    }

    /// <summary>Columns whose names are days are prices of these days.</summary>
    private static List<MappedColumn> PriceDays(IReadOnlyList<string> names, IReadOnlyList<MappedColumn> columns) =>
        [
            .. names
                .Index()
                .Where(name => columns.All(column => column.Index != name.Index))
                .Select(name => (name.Index, Day: ColumnContent.DayOf(name.Item)))
                .Where(name => name.Day is not null)
                .Select(name => Column(name.Index, names, Fields.Of(FieldRole.Price)) with { PriceDay = name.Day }),
        ];

    private static ListingKind KindOf(
        IReadOnlyList<MappedColumn> columns,
        List<MappedColumn> days,
        IReadOnlyList<IReadOnlyList<string>> rows
    )
    {
        var isBare = columns.All(column =>
            column.Field.Role
                is FieldRole.Sku
                    or FieldRole.Url
                    or FieldRole.Day
                    or FieldRole.SeenAt
                    or FieldRole.Price
                    or FieldRole.FirstDay
                    or FieldRole.LastDay
                    or FieldRole.Units
                    or FieldRole.MostUnits
        );
        var hasPrice = Has(columns, FieldRole.Price);
        return days.Count > 0 ? ListingKind.Prices
            : isBare && !hasPrice && Has(columns, FieldRole.Units) ? ListingKind.Sales
            : hasPrice && HasMerchants(columns) && (!Has(columns, FieldRole.Title) || HasManyMerchants(columns, rows)) ? ListingKind.Offers
            : isBare && hasPrice && !Has(columns, FieldRole.Units) && (Has(columns, FieldRole.Day) || Has(columns, FieldRole.SeenAt))
                ? ListingKind.Prices
            : ListingKind.Products;
    }

    /// <summary>Whether a product stands in several rows, of one merchant each.</summary>
    private static bool HasManyMerchants(IReadOnlyList<MappedColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var key = columns.FirstOrDefault(column => column.Field.Role == FieldRole.Sku)
            ?? columns.First(column => column.Field.Role == FieldRole.Url);
        var merchant = columns.First(column => column.Field.Role is FieldRole.Merchant or FieldRole.MerchantId);
        return rows.GroupBy(row => row[key.Index]).Any(product => product.Select(row => row[merchant.Index]).Distinct().Skip(1).Any());
    }

    private void RequireKey(List<MappedColumn> columns, IReadOnlyList<string> names)
    {
        if (!Has(columns, FieldRole.Sku) && !Has(columns, FieldRole.Url))
        {
            throw Lacks("a column with the products' keys", "sku", names);
        }
    }

    private void Require(ListingKind kind, List<MappedColumn> columns, IReadOnlyList<string> names)
    {
        switch (kind)
        {
            case ListingKind.Offers when !HasMerchants(columns):
                throw Lacks("a column with merchants", "merchant", names);
            case ListingKind.Offers or ListingKind.Prices when !Has(columns, FieldRole.Price):
                throw Lacks("a column with prices", "price", names);
            case ListingKind.Sales when !Has(columns, FieldRole.Units):
                throw Lacks("a column with units", "units", names);
            case ListingKind.Sales
                when options.Day is null
                    && !Has(columns, FieldRole.Day)
                    && !Has(columns, FieldRole.SeenAt)
                    && !(Has(columns, FieldRole.FirstDay) && Has(columns, FieldRole.LastDay)):
                throw Lacks("a column with days, or two with first and last days,", "date", names);
            default:
                break;
        }
    }

    private FileFormException Lacks(string what, string field, IReadOnlyList<string> names) =>
        new(
            $"{file.Name} lacks {what} ({field}); its columns are {string.Join(", ", names.Take(30).Select(name => $"'{Shown.Cell(name)}'"))}. Say which it is with {said.Setting("map", $"COLUMN={field}")}{(options.Columns is null ? $", or {said.Setting("columns", "sku,price")} and the like where there is no header" : "")}."
        );

    /// <summary>Columns of numbers that are no field are kept under their own names.</summary>
    private List<MappedColumn> Others(IReadOnlyList<string> names, List<MappedColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var passedOver = Mapped().Where(pair => pair.Field == NotMapped).Select(pair => pair.Column).ToList();
        var used = columns.Select(column => column.Field.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. names
                .Index()
                .Where(name =>
                    columns.All(column => column.Index != name.Index)
                    && !passedOver.Exists(column => IsSame(column, name.Item))
                    && IsNumbers(rows, name.Index)
                    && Fields.Plain(name.Item).Length > 0
                    && used.Add(Fields.Plain(name.Item))
                )
                .Select(name => Column(name.Index, names, Fields.Other(Fields.Plain(name.Item)))),
        ];
    }

    /// <summary>Prices in fractions of the currency, times in seconds since 1970, and days with a time.</summary>
    private static List<MappedColumn> WithUnits(
        List<MappedColumn> columns,
        IReadOnlyList<string> names,
        IReadOnlyList<IReadOnlyList<string>> rows
    )
    {
        var isFine = FinePrices.All(name => names.Any(one => IsSame(one, name)));
        var hasMoments = Has(columns, FieldRole.SeenAt);
        return
        [
            .. columns.Select(column =>
                column.Field.Role switch
                {
                    FieldRole.Price when isFine => column with { Divisor = FinePriceUnit },
                    FieldRole.Feature when isFine && column.Field.Name == "old_price" => column with { Divisor = FinePriceUnit },
                    FieldRole.SeenAt => column with { Unit = UnitOf(rows.Select(row => row[column.Index])) },
                    FieldRole.Day when !hasMoments && rows.Any(row => row[column.Index].Contains(':', StringComparison.Ordinal)) =>
                        column with
                        {
                            Field = Fields.Of(FieldRole.SeenAt),
                        },
                    _ => column,
                }
            ),
        ];
    }

    private static long UnitOf(IEnumerable<string> cells)
    {
        var lengths = cells
            .Where(cell => !ColumnContent.IsMissing(cell))
            .Select(cell => cell.All(char.IsAsciiDigit) ? cell.Length : 0)
            .Distinct()
            .ToList();
        return lengths switch
        {
            [SecondsDigits] => Moment.Second,
            [MillisecondsDigits] => Moment.Second / 1_000,
            _ => 0,
        };
    }

    private static UnitSpan SpanOf(
        ListingKind kind,
        IReadOnlyList<MappedColumn> columns,
        IReadOnlyList<string> names,
        IReadOnlyList<IReadOnlyList<string>> rows
    )
    {
        if (columns.FirstOrDefault(column => column.Field.Role == FieldRole.Units) is not { } units || kind == ListingKind.Sales)
        {
            return UnitSpan.Days;
        }

        // A day of a row is the day of its units, too; a month, or none, is when all of them were counted.
        var isOfDays = columns.Any(column =>
            column.Field.Role == FieldRole.SeenAt
            || (column.Field.Role == FieldRole.Day && rows.Any(row => row[column.Index].Count(char.IsAsciiDigit) > 6))
        );
        return isOfDays ? UnitSpan.Days
            : rows.All(row => !double.TryParse(row[units.Index], out var sold) || UnitSteps.IsShown(sold)) ? UnitSpan.AllTimeInSteps
            : UnitSpan.AllTime;
    }

    private static List<Column> LayoutOf(ListingKind kind, IReadOnlyList<MappedColumn> columns)
    {
        var roles = columns.Select(column => column.Field.Role).Where(role => IsKept(role, kind, HasMerchants(columns))).ToHashSet();
        if (roles.Contains(FieldRole.Merchant))
        {
            roles.Add(FieldRole.MerchantId);
        }

        if (roles.Contains(FieldRole.Units))
        {
            roles.UnionWith([FieldRole.FirstDay, FieldRole.LastDay, FieldRole.MostUnits]);
        }

        var kept = roles.Select(ListingColumns.Of).OfType<Column>().ToHashSet();
        return [.. ListingColumns.All.Where(column => ListingColumns.Always.Contains(column) || kept.Contains(column))];
    }

    /// <summary>Whether a role has a column of its own in rows of a kind; what offers have is a feature of rows without a merchant.</summary>
    private static bool IsKept(FieldRole role, ListingKind kind, bool hasMerchants) =>
        role switch
        {
            FieldRole.Units or FieldRole.MostUnits or FieldRole.FirstDay or FieldRole.LastDay => kind
                is ListingKind.Sales
                    or ListingKind.Products,
            _ when kind == ListingKind.Sales => false,
            FieldRole.Price => hasMerchants || kind == ListingKind.Prices,
            FieldRole.Availability or FieldRole.DeliveryDays or FieldRole.MerchantRating => hasMerchants,
            _ => true,
        };

    private static MappedColumn Placed(MappedColumn column, ListingKind kind, IReadOnlyList<MappedColumn> columns, List<Column> layout)
    {
        var (role, hasMerchants) = (column.Field.Role, HasMerchants(columns));
        var target = ListingColumns.Of(role) is { } own ? layout.IndexOf(own) : -1;
        var isFeature =
            kind is ListingKind.Products or ListingKind.Offers
            && role switch
            {
                FieldRole.Feature => true,
                FieldRole.Price => kind == ListingKind.Products,
                FieldRole.Availability or FieldRole.DeliveryDays or FieldRole.MerchantRating => !hasMerchants,
                _ => false,
            };
        return column with { Target = target, IsFeature = isFeature };
    }

    /// <summary>Looks at numbers and times until it is clear how they are written.</summary>
    private List<MappedColumn> Survey(TableHead head, bool hasHeader, List<MappedColumn> columns)
    {
        var amounts = columns
            .Where(column => column.Field.Type is FieldType.Amount or FieldType.Percent)
            .ToDictionary(column => column, column => new AmountSearch(file.Name, column.Name, said));
        var times = columns
            .Where(column => column.Field.Type is FieldType.Day or FieldType.Moment && column.Unit == 0)
            .ToDictionary(column => column, column => new NotationSearch(file.Name, column.Name, said));
        Look(head, hasHeader, amounts, times);
        var clear = amounts.Values.Select(search => search.Clear).FirstOrDefault(sign => sign is not null);
        return
        [
            .. columns.Select(column =>
                amounts.TryGetValue(column, out var amount) ? column with { Sign = amount.Find(clear) }
                : column.Field.Type is FieldType.Any or FieldType.Count ? column with { Sign = clear ?? DecimalSign.Point }
                : times.TryGetValue(column, out var time) ? column with { Times = time.Find(), HasOffsets = time.HasOffsets }
                : column
            ),
        ];
    }

    private static void Look(
        TableHead head,
        bool hasHeader,
        Dictionary<MappedColumn, AmountSearch> amounts,
        Dictionary<MappedColumn, NotationSearch> times
    )
    {
        var cells = new RecordCells((byte)head.Delimiter.Sign);
        var before = hasHeader ? head.LinesOfFirst : head.LinesBefore;
        var (rows, isClear, isSettled) = (0, amounts.Count == 0, amounts.Count + times.Count == 0);
        using var reader = head.File.Read(cells.IsOpen);
        while (!isSettled && reader.TryRead(out var line) && reader.Tail == 0)
        {
            if (reader.FirstLineNumber <= before || !cells.TrySplit(line, out _) || cells.Count != head.Records[0].Count)
            {
                continue;
            }

            rows++;
            if (!isClear)
            {
                foreach (var (column, search) in amounts)
                {
                    search.Add(ColumnContent.WithoutPercent(cells.Cell(line, column.Index)), reader.FirstLineNumber);
                }

                isClear =
                    rows >= ManyRows
                    || amounts.Values.All(search => search.Clear is not null)
                    || (rows >= FewRows && amounts.Values.Any(search => search.Clear is not null));
            }

            isSettled = isClear;
            foreach (var (column, search) in times)
            {
                search.Add(cells.Cell(line, column.Index), reader.FirstLineNumber);
                isSettled &= search.IsSettled;
            }
        }
    }
}
