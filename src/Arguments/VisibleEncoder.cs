using System.Text;
using System.Text.Encodings.Web;

namespace Tradepost.Arguments;

/// <summary>
/// Escapes in JSON what JSON demands and every hidden character; all other letters stay readable. The result is not put into HTML.
/// </summary>
internal sealed class VisibleEncoder : JavaScriptEncoder
{
    private static readonly JavaScriptEncoder Readable = UnsafeRelaxedJsonEscaping;

    public override int MaxOutputCharactersPerInputCharacter => Readable.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => Readable.WillEncode(unicodeScalar) || HiddenCharacters.IsHidden(unicodeScalar);

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (Readable.WillEncode(unicodeScalar) || !HiddenCharacters.IsHidden(unicodeScalar))
        {
            return Readable.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        }

        // What is left to this encoder lies in the basic plane: the one below escapes all others.
        numberOfCharactersWritten = $"\\u{unicodeScalar:X4}".TryCopyTo(new Span<char>(buffer, bufferLength)) ? 6 : 0;
        return numberOfCharactersWritten > 0;
    }

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        var first = Readable.FindFirstCharacterToEncode(text, textLength);
        var readable = first < 0 ? span : span[..first];
        for (var at = readable.IndexOfAnyExceptInRange('\0', '\u007f'); at >= 0 && at < readable.Length; at++)
        {
            if (HiddenCharacters.IsHidden(readable[at]))
            {
                return at;
            }
        }

        return first;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var first = Readable.FindFirstCharacterToEncodeUtf8(utf8Text);
        var readable = first < 0 ? utf8Text : utf8Text[..first];
        var at = readable.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
        while (at >= 0 && at < readable.Length)
        {
            Rune.DecodeFromUtf8(readable[at..], out var rune, out var length);
            if (HiddenCharacters.IsHidden(rune.Value))
            {
                return at;
            }

            at += length;
        }

        return first;
    }
}
