namespace Tradepost.Storage.Connections;

/// <summary>A setting that can be made: its name everywhere, what it is for, and an example.</summary>
public sealed record Setting(string Name, string Purpose, string Example)
{
    /// <summary>Reads it, and throws where its value cannot be used.</summary>
    public Action<Settings> Check { get; init; } = _ => { };
}
