using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.Trading.Returns.Predicting;

/// <summary>What is to be predicted.</summary>
public sealed record PredictOptions
{
    [Description("Models, with commas between them, such as Ridge or Ridge_log_return_6h; by default all that are in production.")]
    [Placeholder("LIST")]
    public string? Models { get; init; }

    [Description("Symbols, with commas between them; by default all that the models were trained on.")]
    [Placeholder("LIST")]
    public string? Symbols { get; init; }

    [Description("Know of nothing after this moment (UTC); by default of everything.")]
    public DateTime? Until { get; init; }
}
