namespace Tradepost.Storage.Connections;

/// <summary>A text that must not reach a log or an error: it prints as stars and is read only on purpose.</summary>
public readonly record struct Secret
{
    private readonly string? value;

    public Secret(string value)
    {
        this.value = value;
    }

    public string Reveal() => value ?? "";

    public override string ToString() => Masking.Stars;
}
