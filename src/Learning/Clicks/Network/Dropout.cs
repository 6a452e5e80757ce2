namespace Tradepost.Learning.Clicks.Network;

/// <summary>Which outputs of hidden layers are dropped: a function of a key and the position alone, whoever computes it.</summary>
/// <param name="Rate">0: nothing is dropped.</param>
/// <param name="Key">Another one for every step and layer.</param>
internal readonly record struct Dropout(float Rate, uint Key)
{
    public float Scale => 1 / (1 - Rate);

    /// <summary>An output is kept when its random number is at least this.</summary>
    public uint Threshold => (uint)(Rate * 4294967296.0);

    public Dropout ForLayer(int layer) => this with { Key = unchecked((Key ^ (uint)(layer + 1)) * 0x9E3779B1u) };
}
