using System.Text.Json;
using Tradepost.Learning.Clicks.Calibrating;
using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Network;
using Tradepost.Learning.Clicks.Training;
using Tradepost.Learning.Clicks.Uncertainty;

namespace Tradepost.Learning.Clicks;

/// <summary>A model in one file: eight letters, the version, a JSON part, values and weights, and the SHA-256 of all before.</summary>
internal static class ModelFile
{
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "TPCLICKS"u8;

    public static void Write(ClickModel model, Stream stream) => SealedFile.Write(stream, Magic, Version, writer =>
        {
            writer.Write(JsonSerializer.Serialize(model.Options, EncoderFile.Form));
            writer.Write(JsonSerializer.Serialize(model.Validation, EncoderFile.Form));
            EncoderFile.Write(writer, model.Encoder);
            writer.Write(model.Calibration.Slope);
            writer.Write(model.Calibration.Intercept);
            EncoderFile.Write(writer, model.Calibration.Knots);
            EncoderFile.Write(writer, model.Calibration.Rates);
            writer.Write(model.HasIntervals);
            if (model.Errors is { } errors)
            {
                EncoderFile.Write(writer, errors.Coefficients);
                writer.Write(errors.Scale);
                writer.Write(errors.Lower);
                writer.Write(errors.Upper);
            }

            foreach (var part in model.Networks.SelectMany(network => network.Parts()))
            {
                FloatFile.Write(writer, part);
            }
        });

    public static ClickModel Read(Stream stream) => SealedFile.Read(stream, Magic, Version, "click model", reader =>
        {
            var options = JsonSerializer.Deserialize<ClickOptions>(reader.ReadString(), EncoderFile.Form)!;
            var validation = JsonSerializer.Deserialize<ClickValidation>(reader.ReadString(), EncoderFile.Form)!;
            var encoder = EncoderFile.Read(reader);
            var calibration = Calibration.Of(
                reader.ReadDouble(),
                reader.ReadDouble(),
                EncoderFile.ReadDoubles(reader),
                EncoderFile.ReadDoubles(reader)
            );
            var errors = reader.ReadBoolean()
                ? new ErrorModel(EncoderFile.ReadDoubles(reader), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble())
                : null;
            var networks = Enumerable
                .Range(0, options.Members)
                .Select(_ => ReadNetwork(reader, NetworkRun.ShapeOf(options, encoder)))
                .ToList();
            return new ClickModel(options, encoder, networks, calibration, errors, validation);
        });

    private static NetworkWeights ReadNetwork(BinaryReader reader, NetworkShape shape)
    {
        var weights = new NetworkWeights(shape);
        foreach (var part in weights.Parts())
        {
            FloatFile.Read(reader, part);
        }

        weights.Restore();
        return weights;
    }
}
