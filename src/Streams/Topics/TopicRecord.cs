using System.Text;

namespace Tradepost.Streams.Topics;

/// <summary>An event as a record of a log: key, number of headers, headers, content.</summary>
internal static class TopicRecord
{
    public static byte[] Write(TopicEvent written)
    {
        using var record = new MemoryStream();
        using var writer = new BinaryWriter(record, Encoding.UTF8);
        writer.Write(written.Key is not null);
        writer.Write(written.Key ?? "");
        writer.Write7BitEncodedInt(written.Headers.Count);
        foreach (var (name, value) in written.Headers)
        {
            writer.Write(name);
            writer.Write(value);
        }

        writer.Write(written.Content.Span);
        writer.Flush();
        return record.ToArray();
    }

    public static TopicEvent Read(ReadOnlySpan<byte> record)
    {
        using var content = new MemoryStream(record.ToArray());
        using var reader = new BinaryReader(content, Encoding.UTF8);
        var hasKey = reader.ReadBoolean();
        var key = reader.ReadString();
        var headers = new KeyValuePair<string, string>[reader.Read7BitEncodedInt()];
        for (var i = 0; i < headers.Length; i++)
        {
            headers[i] = new(reader.ReadString(), reader.ReadString());
        }

        return new TopicEvent(hasKey ? key : null, reader.ReadBytes((int)(content.Length - content.Position)), headers);
    }
}
