namespace Tradepost.Storage.Files;

/// <summary>What stands between the whole part of a number and the rest.</summary>
public sealed record DecimalSign(byte Sign, string Name)
{
    public static readonly DecimalSign Point = new((byte)'.', "point");
    public static readonly DecimalSign Comma = new((byte)',', "comma");

    public DecimalSign Other => this == Point ? Comma : Point;

    public static DecimalSign? Find(string text) =>
        text.ToLowerInvariant() switch
        {
            "point" or "." => Point,
            "comma" or "," => Comma,
            _ => null,
        };
}
