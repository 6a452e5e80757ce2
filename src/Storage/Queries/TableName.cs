namespace Tradepost.Storage.Queries;

/// <summary>A table as a query names it.</summary>
internal sealed record TableName(string? Catalog, string? Schema, string Name)
{
    public override string ToString() => string.Join('.', new[] { Catalog, Schema, Name }.Where(part => part is not null));
}
