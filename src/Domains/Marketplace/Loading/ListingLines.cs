using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Loading;

/// <summary>Lines of a file as rows on their way into the domain's tables.</summary>
internal sealed class ListingLines : LineParser
{
    private const int LongestKey = 200;
    private const int LongestKept = 10_000;
    private const int LongestNumber = 65;
    private const string LineName = "line";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ListingForm form;
    private readonly RecordCells cells;
    private readonly FeatureText features = new();
    private readonly byte[] plain = new byte[LongestNumber];
    private readonly ReadColumn[] read;
    private readonly MappedColumn[] priceDays;
    private readonly long[] dayPrices;
    private readonly MappedColumn? url;
    private readonly bool[] hasValue;
    private readonly int seenAt;
    private readonly int merchantId;
    private readonly int merchant;
    private readonly int firstDay;
    private readonly int lastDay;
    private readonly int units;
    private readonly int mostUnits;
    private readonly int price;
    private readonly int fileDay;

    private long place;
    private int day;
    private bool hasKey;
    private bool hasDay;
    private bool hasCells;
    private string? rule;
    private string problem = "";

    /// <summary>Makes rows of a file's lines.</summary>
    public ListingLines(ListingForm form)
        : base(new Table($"marketplace {form.Fingerprint}", form.Layout, []))
    {
        this.form = form;
        cells = new RecordCells((byte)form.Head.Delimiter.Sign);
        priceDays = [.. form.Columns.Where(column => column.PriceDay is not null)];
        dayPrices = new long[priceDays.Length];
        url = form.Columns.FirstOrDefault(column => column.Field.Role == FieldRole.Url);
        read =
        [
            .. form
                .Columns.Where(column => column.PriceDay is null && IsRead(column))
                .Select(column => new ReadColumn(column, FeatureText.Name(column.Field.Name))),
        ];
        hasValue = new bool[form.Layout.Count];
        (seenAt, merchantId, merchant) = (At(ListingColumns.SeenAt), At(ListingColumns.MerchantId), At(ListingColumns.Merchant));
        (firstDay, lastDay) = (At(ListingColumns.FirstDay), At(ListingColumns.LastDay));
        (units, mostUnits, price) = (At(ListingColumns.Units), At(ListingColumns.MostUnits), At(ListingColumns.Price));
        fileDay = DayNumber(form.Day);
        if (priceDays.Length > RowBatch.DefaultCapacity)
        {
            throw new FileFormException(
                $"{form.FileName} has {priceDays.Length} columns of days; at most {RowBatch.DefaultCapacity} can be read."
            );
        }
    }

    /// <summary>Lines that were rows.</summary>
    public long Lines { get; private set; }

    public override int HeaderLines => form.HeaderLines;

    public override int RowsPerLine => Math.Max(1, priceDays.Length);

    public override bool IsOpen(ReadOnlySpan<byte> text) => cells.IsOpen(text);

    public override Finding Add(RowBatch batch, ReadOnlySpan<byte> line)
    {
        (rule, hasCells) = (null, false);
        line = place == 0 ? TableHead.WithoutMark(line) : line;
        if (!TrySplit(line))
        {
            return new Finding(rule, IsRow: false);
        }

        hasCells = true;
        var row = batch.Count;
        (hasKey, hasDay, day) = (false, false, fileDay);
        Array.Clear(hasValue);
        features.Begin();
        foreach (var column in read)
        {
            var cell = cells.Cell(line, column.Column.Index);
            if (column.IsNumber && FeatureText.IsShort(cell, column.IsWhole))
            {
                features.Short(column.Feature, cell);
            }
            else if (!TryRead(batch, row, column, cell))
            {
                return new Finding(rule, IsRow: false);
            }
        }

        if (!hasKey && !TryReadKey(batch, row, line))
        {
            return new Finding(rule, IsRow: false);
        }

        if (!(priceDays.Length > 0 ? TryAddDays(batch, line) : TryAdd(batch, row)))
        {
            return new Finding(rule, IsRow: false);
        }

        Lines++;
        return Finding.Row;
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

    private static bool IsRead(MappedColumn column) =>
        column.Target >= 0 || column.IsFeature || column.Field.Role is FieldRole.Sku or FieldRole.Day or FieldRole.SeenAt;

    private static int DayNumber(DateOnly day) => (int)(Moment.Of(day) / Moment.Day);

    private int At(Column column) =>
        form.Layout.Index().Where(one => one.Item == column).Select(one => one.Index).DefaultIfEmpty(-1).First();

    private bool TrySplit(ReadOnlySpan<byte> line)
    {
        if (!cells.TrySplit(line, out var isOpen))
        {
            return isOpen
                ? throw new InvalidDataException("A quote in it is never closed: what comes behind cannot be told.")
                : Fail(FileRule.Quotes, "a quote begins or ends where none may");
        }

        if (cells.Count != form.Names.Count)
        {
            return Missing.Trim(line).IsEmpty
                ? Fail(FileRule.BlankLine, "the line is blank")
                : Fail(
                    FileRule.CellCount,
                    $"the row has {cells.Count} cells; expected are {form.Names.Count}, as in the {(form.HasHeader ? "header" : "first line")}"
                );
        }

        return !(form.HasHeader && line.SequenceEqual(form.Head.First)) || Fail(FileRule.RepeatedHeader, "the header stands there again");
    }

    private bool TryRead(RowBatch batch, int row, ReadColumn read, ReadOnlySpan<byte> cell)
    {
        var (column, feature) = (read.Column, read.Feature);
        if (Missing.Is(cell))
        {
            return true;
        }

        cell = Missing.Trim(cell);
        switch (column.Field.Role)
        {
            case FieldRole.Sku:
                return TrySetKey(batch, row, cell);
            case FieldRole.Day or FieldRole.SeenAt or FieldRole.FirstDay or FieldRole.LastDay:
                return TryReadTime(batch, row, read, cell);
            default:
                return column.Field.Type switch
                {
                    FieldType.Text => TryReadText(batch, row, column, feature, cell),
                    FieldType.Day => TryReadDayFeature(column, feature, cell),
                    FieldType.Any when !AmountCell.TryPlain(cell, column.Sign, plain, out _) => TryReadText(
                        batch,
                        row,
                        column,
                        feature,
                        cell
                    ),
                    FieldType.Count => TryReadCount(batch, row, column, feature, cell),
                    _ => TryReadAmount(batch, row, column, feature, ColumnContent.WithoutPercent(cell)),
                };
        }
    }

    private bool TryReadKey(RowBatch batch, int row, ReadOnlySpan<byte> line)
    {
        var key = url is null ? default : ColumnContent.KeyOf(Missing.Trim(cells.Cell(line, url.Index)));
        return key.IsEmpty
            ? Fail(FileRule.Missing, url is null ? "sku has no value" : $"sku has no value, and {url.Name} does not end in one")
            : TrySetKey(batch, row, key);
    }

    private bool TrySetKey(RowBatch batch, int row, ReadOnlySpan<byte> key)
    {
        if (key.Length > LongestKey)
        {
            return Fail(FileRule.TooLong, $"sku is '{Shown.Cell(key)}'; expected is a text of at most {LongestKey} bytes");
        }

        batch[0].AsText().Set(row, key);
        hasKey = true;
        return true;
    }

    private bool TryReadTime(RowBatch batch, int row, ReadColumn read, ReadOnlySpan<byte> cell)
    {
        var column = read.Column;
        if (!read.Moments.TryFind(cell, out var moment))
        {
            if (!column.TryReadMoment(cell, out moment))
            {
                return Fail(
                    FileRule.WrongType,
                    $"{column.Name} is '{Shown.Cell(cell)}'; expected is {(column.Times is { } times ? $"a time as {times.Name}" : "a number of seconds since 1970")}"
                );
            }

            read.Moments.Keep(cell, moment);
        }

        var days = (int)Math.DivRem(moment, Moment.Day).Quotient;
        if (column.Field.Role == FieldRole.SeenAt)
        {
            Set(batch, seenAt, row, moment);
        }
        else if (column.Field.Role != FieldRole.Day && column.Target >= 0)
        {
            Set(batch, column.Target, row, days);
        }

        if (column.Field.Role == FieldRole.Day || (column.Field.Role == FieldRole.SeenAt && !hasDay))
        {
            (day, hasDay) = (days, true);
        }

        return true;
    }

    private bool TryReadText(RowBatch batch, int row, MappedColumn column, byte[] feature, ReadOnlySpan<byte> cell)
    {
        if (!Utf8.IsValid(cell) || cell.Contains((byte)0))
        {
            return Fail(FileRule.WrongType, $"{column.Name} is no text in UTF-8");
        }

        if (column.Target >= 0)
        {
            batch[column.Target].AsText().Set(row, cell);
            hasValue[column.Target] = true;
        }

        if (column.IsFeature)
        {
            features.Text(feature, cell);
        }

        return true;
    }

    private bool TryReadDayFeature(MappedColumn column, byte[] feature, ReadOnlySpan<byte> cell)
    {
        if (!column.TryReadMoment(cell, out var moment))
        {
            return Fail(FileRule.WrongType, $"{column.Name} is '{Shown.Cell(cell)}'; expected is a day as {column.Times?.Name}");
        }

        features.Text(feature, Encoding.ASCII.GetBytes(Moment.DayOf(moment).ToString("yyyy-MM-dd")));
        return true;
    }

    private bool TryReadCount(RowBatch batch, int row, MappedColumn column, byte[] feature, ReadOnlySpan<byte> cell)
    {
        if (!CountCell.TryParse(cell, column.Sign, out var count))
        {
            return Fail(FileRule.WrongType, $"{column.Name} is '{Shown.Cell(cell)}'; expected is a whole number");
        }

        if (column.Target >= 0)
        {
            if (count is < 0 or > int.MaxValue)
            {
                return Fail(FileRule.OutOfRange, $"{column.Name} is {count}; expected is a number from 0");
            }

            Set(batch, column.Target, row, (int)count);
        }

        if (column.IsFeature)
        {
            Utf8Formatter.TryFormat(count, plain, out var length);
            features.Number(feature, plain.AsSpan(0, length));
        }

        return true;
    }

    private bool TryReadAmount(RowBatch batch, int row, MappedColumn column, byte[] feature, ReadOnlySpan<byte> cell)
    {
        if (!AmountCell.TryPlain(cell, column.Sign, plain, out var length))
        {
            return Fail(
                FileRule.WrongType,
                $"{column.Name} is '{Shown.Cell(cell)}'; expected is a number with a decimal {column.Sign.Name}"
            );
        }

        if ((column.Target >= 0 || column.Divisor != 1) && !TryKeepAmount(batch, row, column, ref length))
        {
            return false;
        }

        if (column.IsFeature)
        {
            features.Number(feature, plain.AsSpan(0, length));
        }

        return true;
    }

    private bool TryKeepAmount(RowBatch batch, int row, MappedColumn column, ref int length)
    {
        if (!Utf8Parser.TryParse(plain.AsSpan(0, length), out decimal amount, out _))
        {
            return Fail(FileRule.OutOfRange, $"{column.Name} has more digits than can be kept");
        }

        amount /= column.Divisor;
        if (column.Divisor != 1)
        {
            Utf8Formatter.TryFormat(amount, plain, out length);
        }

        if (column.Target < 0)
        {
            return true;
        }

        if (amount < 0)
        {
            return Fail(FileRule.OutOfRange, $"{column.Name} is {amount}; expected is a number from 0");
        }

        if (column.Field.Role != FieldRole.Price)
        {
            Set(batch, column.Target, row, (double)amount);
            return true;
        }

        if (!Unscaled.TryFrom(decimal.Round(amount, ListingColumns.Price.Scale), ListingColumns.Price, out var kept))
        {
            return Fail(
                FileRule.OutOfRange,
                $"{column.Name} is {amount}; expected is a price with up to 16 digits before the decimal {column.Sign.Name}"
            );
        }

        Set(batch, column.Target, row, kept);
        return true;
    }

    /// <summary>A row for each day that has a price: all of them or, where one breaks a rule, none.</summary>
    private bool TryAddDays(RowBatch batch, ReadOnlySpan<byte> line)
    {
        for (var i = 0; i < priceDays.Length; i++)
        {
            var cell = cells.Cell(line, priceDays[i].Index);
            dayPrices[i] = -1;
            if (!Missing.Is(cell) && !TryReadAmount(batch, batch.Count, priceDays[i], [], Missing.Trim(cell)))
            {
                return false;
            }

            dayPrices[i] = Missing.Is(cell) ? -1 : batch[price].Values<long>()[batch.Count];
        }

        var first = batch.Count;
        for (var i = 0; i < priceDays.Length; i++)
        {
            if (dayPrices[i] < 0)
            {
                continue;
            }

            var row = batch.Count;
            if (row > first)
            {
                Copy(batch, first, row);
            }

            day = DayNumber(priceDays[i].PriceDay!.Value); // of columns that have one
            Set(batch, price, row, dayPrices[i]);
            if (!TryAdd(batch, row))
            {
                return false;
            }
        }

        return batch.Count > first || Fail(FileRule.Missing, "no day has a price");
    }

    /// <summary>Gives a row what the first one of its line has.</summary>
    private void Copy(RowBatch batch, int from, int to)
    {
        batch[0].AsText().Set(to, batch[0].AsText()[from].ToArray());
        for (var i = ListingColumns.Always.Count; i < hasValue.Length; i++)
        {
            if (!hasValue[i])
            {
                continue;
            }

            switch (form.Layout[i].Type)
            {
                case ColumnType.Text:
                    batch[i].AsText().Set(to, batch[i].AsText()[from].ToArray());
                    break;
                case ColumnType.Double:
                    batch[i].Values<double>()[to] = batch[i].Values<double>()[from];
                    break;
                case ColumnType.Date or ColumnType.Integer:
                    batch[i].Values<int>()[to] = batch[i].Values<int>()[from];
                    break;
                default:
                    batch[i].Values<long>()[to] = batch[i].Values<long>()[from];
                    break;
            }
        }
    }

    private bool TryAdd(RowBatch batch, int row)
    {
        if (!TryComplete(batch, row))
        {
            return false;
        }

        batch[1].Values<int>()[row] = day;
        if (features.IsEmpty)
        {
            batch[2].SetNull(row);
        }
        else
        {
            features.End();
            batch[2].AsText().Set(row, features.Written);
        }

        batch[3].Values<long>()[row] = place++;
        for (var i = ListingColumns.Always.Count; i < hasValue.Length; i++)
        {
            if (!hasValue[i])
            {
                batch[i].SetNull(row);
            }
        }

        batch.Count++;
        return true;
    }

    /// <summary>What must be there, and what follows from it.</summary>
    private bool TryComplete(RowBatch batch, int row)
    {
        if (merchantId >= 0 && !hasValue[merchantId] && merchant >= 0 && hasValue[merchant])
        {
            batch[merchantId].AsText().Set(row, batch[merchant].AsText()[row].ToArray());
            hasValue[merchantId] = true;
        }

        if (form.Kind == ListingKind.Offers && !hasValue[merchantId])
        {
            return Fail(FileRule.Missing, "merchant has no value");
        }

        if (form.Kind is ListingKind.Offers or ListingKind.Prices && !hasValue[price])
        {
            return Fail(FileRule.Missing, "price has no value");
        }

        return units < 0 || TryCompleteUnits(batch, row);
    }

    private bool TryCompleteUnits(RowBatch batch, int row)
    {
        if (!hasValue[units])
        {
            return form.Kind != ListingKind.Sales || Fail(FileRule.Missing, "units has no value");
        }

        if (form.Units == UnitSpan.Days)
        {
            day = form.Kind == ListingKind.Sales && hasValue[firstDay] ? batch[firstDay].Values<int>()[row] : day;
            SetUnlessThere(batch, firstDay, row, day);
        }
        else
        {
            SetUnlessThere(batch, firstDay, row, 0); // since ever
        }

        SetUnlessThere(batch, lastDay, row, day);
        if (form.Units == UnitSpan.AllTimeInSteps && !hasValue[mostUnits] && UnitSteps.Most(batch[units].Values<double>()[row]) is { } most)
        {
            Set(batch, mostUnits, row, most);
        }

        return batch[firstDay].Values<int>()[row] <= batch[lastDay].Values<int>()[row]
            || Fail("last_day_before_first", "the last day is before the first");
    }

    private void SetUnlessThere(RowBatch batch, int column, int row, int value)
    {
        if (!hasValue[column])
        {
            Set(batch, column, row, value);
        }
    }

    private void Set<T>(RowBatch batch, int column, int row, T value)
        where T : unmanaged
    {
        batch[column].Values<T>()[row] = value;
        hasValue[column] = true;
    }

    private bool Fail(string broken, string what)
    {
        (rule, problem) = (broken, what);
        return false;
    }
}
