using System.Security.Cryptography;
using System.Text.Json;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>Files that show whether they are whole: eight letters, a version, the content, and the SHA-256 of all before.</summary>
internal static class SealedFile
{
    public static void Write(Stream stream, ReadOnlySpan<byte> magic, int version, Action<BinaryWriter> content)
    {
        using var hash = SHA256.Create();
        using (var hashing = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
        using (var writer = new BinaryWriter(hashing))
        {
            writer.Write(magic);
            writer.Write(version);
            content(writer);
        }

        stream.Write(hash.Hash!);
    }

    /// <summary>Reads a file after its checksum was found right.</summary>
    /// <exception cref="FormatException">It is something else, of another version, cut off or altered.</exception>
    public static T Read<T>(Stream stream, ReadOnlySpan<byte> magic, int version, string kind, Func<BinaryReader, T> content)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        if (bytes.Length < magic.Length || !bytes[..magic.Length].SequenceEqual(magic))
        {
            throw new FormatException($"This is not a saved {kind}.");
        }

        if (
            bytes.Length < magic.Length + sizeof(int) + SHA256.HashSizeInBytes
            || !SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..])
        )
        {
            throw new FormatException($"The saved {kind} was cut off or altered: its checksum does not fit its content.");
        }

        copy.Position = magic.Length;
        using var reader = new BinaryReader(copy);
        var found = reader.ReadInt32();
        if (found != version)
        {
            throw new FormatException(
                FormattableString.Invariant($"The saved {kind} has version {found}; this program reads version {version}.")
            );
        }

        try
        {
            return content(reader);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or ArgumentException or OverflowException)
        {
            throw new FormatException(
                $"The saved {kind} cannot be read: "
                    + $"{(e is JsonException json ? JsonSentence.Of(json) : "what it holds does not fit together")}.",
                e
            );
        }
    }
}
