using System.Buffers.Text;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Loading;

/// <summary>How a file is read: what its rows are, and what each of its columns is.</summary>
internal sealed record ListingForm
{
    /// <summary>Encoding, delimiter, and the first records.</summary>
    public required TableHead Head { get; init; }

    public required ListingKind Kind { get; init; }

    /// <summary>Whether its first record is names.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>What its columns are called, in their order; without a header, their numbers.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Those columns that are something.</summary>
    public required IReadOnlyList<MappedColumn> Columns { get; init; }

    /// <summary>The day of its rows where they have none of their own.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Whether the user said that day.</summary>
    public required bool IsDaySaid { get; init; }

    /// <summary>What rows bring, in the order of their batches.</summary>
    public required IReadOnlyList<Column> Layout { get; init; }

    /// <summary>Of which time the units of its rows are.</summary>
    public required UnitSpan Units { get; init; }

    /// <summary>What its rows are on their way into the tables.</summary>
    public RowShape Shape => new(Kind, Layout);

    public string FileName => Head.File.Name;

    public int HeaderLines => HasHeader ? Head.LinesOfFirst : Head.LinesBefore;

    /// <summary>Whether rows are of a merchant.</summary>
    public bool HasMerchants => Has(FieldRole.MerchantId) || Has(FieldRole.Merchant);

    /// <summary>What is different where the same content becomes other rows.</summary>
    public string Fingerprint =>
        $"{Kind} {(IsDaySaid ? $"{Day:yyyy-MM-dd}" : "")} {string.Join(' ', Columns.Select(column => $"{column.Index}={column.Field.Name}/{column.Divisor}"))}";

    public bool Has(FieldRole role) => Columns.Any(column => column.Field.Role == role);

    /// <summary>In words: "semicolon, decimal comma, date as day.month.year".</summary>
    public string ReadAs =>
        string.Join(
            ", ",
            [
                .. Head.Encoding == TextEncoding.Utf8 ? (string[])[] : [Head.Encoding.Name],
                Head.Delimiter.Name,
                .. HasHeader ? (string[])[] : ["without a header"],
                .. Columns.Any(column => column.Sign == DecimalSign.Comma) ? (string[])["decimal comma"] : [],
                .. Columns
                    .Where(column => column.Times is { } times && times != TimeNotation.Iso)
                    .Select(column => $"{column.Name} as {column.Times!.Name}"), // only those that have one
                .. Columns.Where(column => column.Divisor != 1).Select(column => $"{column.Name} in 1/{column.Divisor}"),
                .. Has(FieldRole.Day)
                || Has(FieldRole.SeenAt)
                || Has(FieldRole.FirstDay)
                || Columns.Any(column => column.PriceDay is not null)
                    ? (string[])[]
                    : [$"seen on {Day:yyyy-MM-dd}"],
            ]
        );
}

/// <summary>A column of a file that is something.</summary>
/// <param name="Index">Where it stands, from 0.</param>
/// <param name="Name">What the file calls it.</param>
/// <param name="Field">What it is.</param>
internal sealed record MappedColumn(int Index, string Name, Field Field)
{
    /// <summary>The decimal sign of its numbers.</summary>
    public DecimalSign Sign { get; init; } = DecimalSign.Point;

    /// <summary>The notation of its times; null where they are none, or numbers.</summary>
    public TimeNotation? Times { get; init; }

    /// <summary>Whether its times have an offset, and are moved to UTC.</summary>
    public bool HasOffsets { get; init; }

    /// <summary>Microseconds of one, where its times are numbers since 1970; else 0.</summary>
    public long Unit { get; init; }

    /// <summary>The day whose price it is, of a column for each day.</summary>
    public DateOnly? PriceDay { get; init; }

    /// <summary>What its numbers are divided by.</summary>
    public int Divisor { get; init; } = 1;

    /// <summary>Which column of a row its cells go into; -1 where none.</summary>
    public int Target { get; init; } = -1;

    /// <summary>Whether it is kept among the features of the day.</summary>
    public bool IsFeature { get; init; }

    /// <summary>The moment that a cell is, in microseconds; false where it is none of the column's notation.</summary>
    public bool TryReadMoment(ReadOnlySpan<byte> cell, out long moment)
    {
        moment = 0;
        if (Times is null)
        {
            if (!Utf8Parser.TryParse(cell, out long number, out var used) || used != cell.Length || number is < 0 or > 99_999_999_999_999)
            {
                return false;
            }

            moment = number * Unit;
            return true;
        }

        if (!Times.TryRead(cell, out var time) || (time.HasClock && time.Offset is not null != HasOffsets))
        {
            return false;
        }

        moment = Moment.Of(time.Instant);
        return true;
    }
}

/// <summary>Of which time the units of a row are.</summary>
internal enum UnitSpan
{
    /// <summary>Of the row's days.</summary>
    Days,

    /// <summary>Of all time up to the row's day.</summary>
    AllTime,

    /// <summary>The same, in steps.</summary>
    AllTimeInSteps,
}

/// <summary>What rows are on their way into the tables.</summary>
/// <param name="Kind">What they are of.</param>
/// <param name="Layout">What they bring, in the order of their batches.</param>
internal sealed record RowShape(ListingKind Kind, IReadOnlyList<Column> Layout);
