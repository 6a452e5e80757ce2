using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>What a version predicts with: a fit for each symbol.</summary>
/// <param name="Horizon">Hours ahead.</param>
/// <param name="Symbols">The fits by symbol.</param>
internal sealed record ReturnArtefact(int Horizon, IReadOnlyDictionary<string, SymbolFit> Symbols)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    public static ReturnArtefact FromBytes(ReadOnlySpan<byte> artefact) =>
        JsonSerializer.Deserialize<ReturnArtefact>(artefact, Form)
        ?? throw new FormatException("The artefact is null; expected is a model of returns.");
}
