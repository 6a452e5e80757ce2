using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tradepost.Marketplace.Loading;

/// <summary>The features of a row as the bytes of a JSON object, made without one: numbers as short as they can be, texts escaped.</summary>
internal sealed class FeatureText
{
    private const int MostShort = 18;

    private byte[] bytes = new byte[1024];
    private int used;

    /// <summary>What there is of it; an object once it was ended.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, used);

    public bool IsEmpty => used <= 1;

    /// <summary>A name as it stands before its value.</summary>
    public static byte[] Name(string name) =>
        [(byte)'"', .. JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, (byte)'"', (byte)':'];

    public void Begin()
    {
        bytes[0] = (byte)'{';
        used = 1;
    }

    public void End() => Reserve(1)[0] = (byte)'}';

    /// <summary>Adds a number.</summary>
    /// <param name="name">Its <see cref="Name"/>.</param>
    /// <param name="plain">Digits, a minus before them or not, a point among them or not.</param>
    public void Number(ReadOnlySpan<byte> name, ReadOnlySpan<byte> plain)
    {
        var target = Property(name, plain.Length + 2);
        used -= target.Length - Shorten(plain, target);
    }

    /// <summary>Adds a number that is as short as it can be already.</summary>
    /// <param name="name">Its <see cref="Name"/>.</param>
    /// <param name="number">It, as JSON writes it.</param>
    public void Short(ReadOnlySpan<byte> name, ReadOnlySpan<byte> number)
    {
        var target = Reserve(1 + name.Length + number.Length);
        if (used == target.Length + 1)
        {
            used--;
            target = target[..^1];
        }
        else
        {
            target[0] = (byte)',';
            target = target[1..];
        }

        name.CopyTo(target);
        number.CopyTo(target[name.Length..]);
    }

    /// <summary>Whether a cell is a number as JSON writes it, and as short as it can be, of no more than 18 digits.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="isWhole">Whether it may have no decimal point.</param>
    public static bool IsShort(ReadOnlySpan<byte> cell, bool isWhole)
    {
        if (cell.Length is 0 or > MostShort || (cell[0] == (byte)'0' && cell.Length > 1 && cell[1] != (byte)'.'))
        {
            return false;
        }

        var point = -1;
        for (var i = 0; i < cell.Length; i++)
        {
            if ((uint)(cell[i] - '0') <= 9)
            {
                continue;
            }

            if (cell[i] != (byte)'.' || isWhole || point >= 0 || i == 0)
            {
                return false;
            }

            point = i;
        }

        return point < 0 || (cell[^1] is not (byte)'0' and not (byte)'.');
    }

    /// <summary>Adds a text, which is valid UTF-8.</summary>
    /// <param name="name">Its <see cref="Name"/>.</param>
    /// <param name="text">The text.</param>
    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> escaped = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        var target = Property(name, escaped.Length + 2);
        target[0] = target[^1] = (byte)'"';
        escaped.CopyTo(target[1..]);
    }

    private Span<byte> Property(ReadOnlySpan<byte> name, int length)
    {
        if (used > 1)
        {
            Reserve(1)[0] = (byte)',';
        }

        name.CopyTo(Reserve(name.Length));
        return Reserve(length);
    }

    /// <summary>A number without what says nothing: zeros before it and behind its point.</summary>
    private static int Shorten(ReadOnlySpan<byte> plain, Span<byte> target)
    {
        var length = 0;
        if (plain[0] == (byte)'-')
        {
            plain = plain[1..];
            target[length++] = (byte)'-';
        }

        var point = plain.IndexOf((byte)'.');
        if (point >= 0)
        {
            plain = plain.TrimEnd((byte)'0');
            plain = plain.Length == point + 1 ? plain[..point] : plain;
        }

        plain = plain.TrimStart((byte)'0');
        if (plain.IsEmpty || plain[0] == (byte)'.')
        {
            length = plain.IsEmpty ? 0 : length;
            target[length++] = (byte)'0';
        }

        plain.CopyTo(target[length..]);
        return length + plain.Length;
    }

    private Span<byte> Reserve(int length)
    {
        if (used + length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + length));
        }

        used += length;
        return bytes.AsSpan(used - length, length);
    }
}
