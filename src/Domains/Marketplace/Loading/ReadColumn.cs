using Tradepost.Storage.Files;

namespace Tradepost.Marketplace.Loading;

/// <summary>A column whose cells are read in every line.</summary>
/// <param name="Column">The column.</param>
/// <param name="Feature">Its name as features have it.</param>
internal sealed record ReadColumn(MappedColumn Column, byte[] Feature)
{
    /// <summary>Whether its numbers go into the features as they stand, and nowhere else.</summary>
    public bool IsNumber { get; } =
        Column is { IsFeature: true, Target: < 0, Divisor: 1 }
        && Column.Field.Role is FieldRole.Price or FieldRole.Feature
        && Column.Field.Type is FieldType.Count or FieldType.Amount or FieldType.Percent or FieldType.Any;

    /// <summary>Whether those have no decimal point.</summary>
    public bool IsWhole { get; } = Column.Field.Type == FieldType.Count || Column.Sign != DecimalSign.Point;

    /// <summary>Its times that were read before.</summary>
    public ReadMoments Moments { get; } = new();
}
