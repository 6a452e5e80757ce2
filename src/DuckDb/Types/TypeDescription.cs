using System.Globalization;
using Tradepost.DuckDb.Bindings;
using Tradepost.DuckDb.Execution;

namespace Tradepost.DuckDb.Types;

/// <summary>A logical type, read once from the native one.</summary>
internal sealed class TypeDescription
{
    private TypeDescription(DuckDbType id) => Id = id;

    public DuckDbType Id { get; }

    /// <summary>As SQL writes it.</summary>
    public required string Name { get; init; }

    public byte Precision { get; private init; }

    public byte Scale { get; private init; }

    /// <summary>Bytes per value in a vector; 0 where the values lie elsewhere (lists, structures, arrays).</summary>
    public int Size { get; private init; }

    /// <summary>Elements of a list or array; key and value of a map; fields of a structure; members of a union.</summary>
    public IReadOnlyList<TypeDescription> Children { get; private init; } = [];

    /// <summary>Names of fields or members; labels of an enum.</summary>
    public IReadOnlyList<string> Labels { get; private init; } = [];

    public int ArrayLength { get; private init; }

    public static TypeDescription Of(LogicalTypeHandle type)
    {
        var id = LogicalTypes.Id(type);
        var description = id switch
        {
            DuckDbType.Decimal => OfDecimal(LogicalTypes.DecimalWidth(type), LogicalTypes.DecimalScale(type)),
            DuckDbType.Enum => OfEnum(type),
            DuckDbType.List => OfList(Owned(LogicalTypes.ListElement(type))),
            DuckDbType.Array => OfArray(Owned(LogicalTypes.ArrayElement(type)), (int)LogicalTypes.ArrayLength(type)),
            DuckDbType.Map => OfMap(Owned(LogicalTypes.MapKey(type)), Owned(LogicalTypes.MapValue(type))),
            DuckDbType.Struct => OfFields(id, LogicalTypes.StructCount(type), i => LogicalTypes.StructName(type, i), i => LogicalTypes.StructField(type, i)),
            DuckDbType.Union => OfFields(id, LogicalTypes.UnionCount(type), i => LogicalTypes.UnionName(type, i), i => LogicalTypes.UnionMember(type, i)),
            _ => new TypeDescription(id) { Name = SimpleName(id), Size = SimpleSize(id) },
        };
        return Library.Owned(LogicalTypes.Alias(type)) is { Length: > 0 } alias ? description.Named(alias) : description;
    }

    public DuckDbColumnInfo Column(string name) => new(name, Id, Name, Precision, Scale);

    private static TypeDescription OfDecimal(byte precision, byte scale) => new(DuckDbType.Decimal)
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{scale})"),
        Precision = precision,
        Scale = scale,
        Size = precision switch { <= 4 => 2, <= 9 => 4, <= 18 => 8, _ => 16 },
    };

    private static TypeDescription OfEnum(LogicalTypeHandle type)
    {
        var labels = new string[LogicalTypes.EnumCount(type)];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = Library.Owned(LogicalTypes.EnumLabel(type, (ulong)i)) ?? "";
        return new(DuckDbType.Enum) { Name = "ENUM", Labels = labels, Size = SimpleSize(LogicalTypes.EnumStorage(type)) };
    }

    private static TypeDescription OfList(TypeDescription element) =>
        new(DuckDbType.List) { Name = element.Name + "[]", Children = [element] };

    private static TypeDescription OfArray(TypeDescription element, int length) =>
        new(DuckDbType.Array) { Name = string.Create(CultureInfo.InvariantCulture, $"{element.Name}[{length}]"), Children = [element], ArrayLength = length };

    private static TypeDescription OfMap(TypeDescription key, TypeDescription value) =>
        new(DuckDbType.Map) { Name = $"MAP({key.Name}, {value.Name})", Children = [key, value] };

    private static TypeDescription OfFields(DuckDbType id, ulong count, Func<ulong, nint> name, Func<ulong, LogicalTypeHandle> field)
    {
        var names = new string[count];
        var fields = new TypeDescription[count];
        for (var i = 0; i < fields.Length; i++)
        {
            names[i] = Library.Owned(name((ulong)i)) ?? "";
            fields[i] = Owned(field((ulong)i));
        }
        var inner = string.Join(", ", names.Zip(fields, static (n, f) => $"{Identifier.Quote(n)} {f.Name}"));
        return new(id) { Name = $"{SimpleName(id)}({inner})", Children = fields, Labels = names };
    }

    private static TypeDescription Owned(LogicalTypeHandle type)
    {
        using (type)
            return Of(type);
    }

    private static string SimpleName(DuckDbType id) => id switch
    {
        DuckDbType.TimestampS => "TIMESTAMP_S",
        DuckDbType.TimestampMs => "TIMESTAMP_MS",
        DuckDbType.TimestampNs => "TIMESTAMP_NS",
        DuckDbType.TimestampTz => "TIMESTAMP WITH TIME ZONE",
        DuckDbType.TimeTz => "TIME WITH TIME ZONE",
        DuckDbType.TimeNs => "TIME_NS",
        DuckDbType.SqlNull => "NULL",
        _ => id.ToString().ToUpperInvariant(),
    };

    private static int SimpleSize(DuckDbType id) => id switch
    {
        DuckDbType.Boolean or DuckDbType.TinyInt or DuckDbType.UTinyInt or DuckDbType.SqlNull => 1,
        DuckDbType.SmallInt or DuckDbType.USmallInt => 2,
        DuckDbType.Integer or DuckDbType.UInteger or DuckDbType.Float or DuckDbType.Date => 4,
        DuckDbType.BigInt or DuckDbType.UBigInt or DuckDbType.Double => 8,
        DuckDbType.Timestamp or DuckDbType.TimestampS or DuckDbType.TimestampMs or DuckDbType.TimestampNs or DuckDbType.TimestampTz => 8,
        DuckDbType.Time or DuckDbType.TimeTz or DuckDbType.TimeNs => 8,
        DuckDbType.HugeInt or DuckDbType.UHugeInt or DuckDbType.Uuid or DuckDbType.Interval => 16,
        DuckDbType.Varchar or DuckDbType.Blob or DuckDbType.Bit or DuckDbType.Bignum or DuckDbType.Geometry => 16,
        _ => 0,
    };

    private TypeDescription Named(string name) => new(Id)
    {
        Name = name,
        Precision = Precision,
        Scale = Scale,
        Size = Size,
        Children = Children,
        Labels = Labels,
        ArrayLength = ArrayLength,
    };
}
