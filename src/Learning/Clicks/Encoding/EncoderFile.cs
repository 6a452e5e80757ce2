using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>Encoders in a file.</summary>
internal static class EncoderFile
{
    /// <summary>JSON parts of saved files.</summary>
    public static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    public static void Write(BinaryWriter writer, ClickEncoder encoder)
    {
        writer.Write(encoder.Fields.Count);
        foreach (var field in encoder.Fields)
        {
            writer.Write(JsonSerializer.Serialize(field.Field, Form));
            writer.Write(field.Slots);
            writer.Write(field.Mean);
            writer.Write(field.Scale);
            WriteValues<ulong>(writer, field.RareHashes);
            WriteValues<float>(writer, field.Cuts);
            WriteValues<long>(writer, field.Counts);
            writer.Write(field.KeptTexts.Length);
            foreach (var text in field.KeptTexts)
            {
                writer.Write(text);
            }
        }
    }

    public static ClickEncoder Read(BinaryReader reader) =>
        new([.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadField(reader))]);

    public static void Write(BinaryWriter writer, double[] values) => WriteValues<double>(writer, values);

    public static double[] ReadDoubles(BinaryReader reader) => ReadValues<double>(reader);

    private static FieldEncoder ReadField(BinaryReader reader)
    {
        var field = JsonSerializer.Deserialize<ClickField>(reader.ReadString(), Form)!;
        var (slots, mean, scale) = (reader.ReadInt32(), reader.ReadSingle(), reader.ReadSingle());
        var (rare, cuts, counts) = (ReadValues<ulong>(reader), ReadValues<float>(reader), ReadValues<long>(reader));
        string[] kept = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())];
        return new FieldEncoder(field, slots, kept, rare, cuts, mean, scale, counts);
    }

    private static void WriteValues<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    private static T[] ReadValues<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
