using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Tradepost.Learning.Clicks.Encoding;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>A training between two epochs, in a file that knows which rows and options it belongs to.</summary>
internal static class TrainingCheckpoint
{
    private const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "TPCLKCHK"u8;

    public static void Write(Stream stream, byte[] fingerprint, TrainedNetworks trained, NetworkRun? run) =>
        SealedFile.Write(stream, Magic, Version, writer =>
        {
            writer.Write(fingerprint);
            trained.Save(writer);
            run?.Save(writer);
        });

    /// <summary>Hands over what follows the fingerprint.</summary>
    /// <exception cref="FormatException">The file is damaged or belongs to another training.</exception>
    public static void Read(Stream stream, byte[] fingerprint, Action<BinaryReader> load) =>
        SealedFile.Read(stream, Magic, Version, "checkpoint", reader =>
        {
            if (!reader.ReadBytes(fingerprint.Length).AsSpan().SequenceEqual(fingerprint))
            {
                throw new FormatException("The checkpoint is of a training with other rows, fields or options.");
            }

            load(reader);
            return true;
        });

    public static byte[] Fingerprint(ClickOptions options, ClickEncoder encoder, EncodedRows rows, RowSplit split)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(JsonSerializer.Serialize(options, EncoderFile.Form)));
        hash.AppendData(
            System.Text.Encoding.UTF8.GetBytes(JsonSerializer.Serialize(encoder.Fields.Select(field => field.Field), EncoderFile.Form))
        );
        hash.AppendData(MemoryMarshal.AsBytes(rows.Ids.AsSpan()));
        hash.AppendData(MemoryMarshal.AsBytes(rows.Weights.AsSpan()));
        hash.AppendData(rows.Labels);
        hash.AppendData(MemoryMarshal.AsBytes(split.Validation.AsSpan()));
        return hash.GetHashAndReset();
    }
}
