using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Caching.Hybrid;

namespace Tradepost.Advertising.Features;

/// <summary>
/// Features as they lie in a cache that others may write to: what this is and its form, a hash of what follows, and JSON. Anything else is no value.
/// </summary>
internal sealed class AdFeatureBytes : IHybridCacheSerializer<AdFeatures?>
{
    // The last byte is the form: it becomes another one when the record does.
    private static ReadOnlySpan<byte> Form => "tradepost.ads.features\u0001"u8;

    private static int HeaderLength => Form.Length + SHA256.HashSizeInBytes;

    /// <inheritdoc/>
    public AdFeatures? Deserialize(ReadOnlySequence<byte> source)
    {
        var bytes = source.ToArray();
        if (bytes.Length <= HeaderLength || !bytes.AsSpan().StartsWith(Form))
        {
            return null;
        }

        var json = bytes.AsSpan(HeaderLength);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        if (!hash.SequenceEqual(bytes.AsSpan(Form.Length, SHA256.HashSizeInBytes)))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<AdFeatures>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Serialize(AdFeatures? value, IBufferWriter<byte> target)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value);
        target.Write(Form);
        target.Write(SHA256.HashData(json));
        target.Write(json);
    }
}
