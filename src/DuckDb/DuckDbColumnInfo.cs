namespace Tradepost.DuckDb;

/// <summary>What a column holds.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type; JSON is <see cref="DuckDbType.Varchar"/> here and <c>JSON</c> in <paramref name="TypeName"/>.</param>
/// <param name="TypeName">The type as SQL writes it, such as <c>DECIMAL(18,8)</c> or <c>INTEGER[]</c>.</param>
/// <param name="Precision">All digits of a DECIMAL (1 to 38), else 0.</param>
/// <param name="Scale">The digits behind the point of a DECIMAL, else 0.</param>
public sealed record DuckDbColumnInfo(string Name, DuckDbType Type, string TypeName, byte Precision, byte Scale);
