using System.Buffers;
using System.Text;
using Tradepost.Arguments;

namespace Tradepost.Trading.Quotes;

/// <summary>
/// Which names of exchanges and symbols there are: one rule for what comes from an exchange, what stands in a file and what is asked for.
/// Lengths count characters, as the tables' do. Names stand in files without quotes around them, so that none has a comma or a quote.
/// </summary>
internal static class Names
{
    public const int LongestExchange = 50;
    public const int LongestSymbol = 20;

    /// <summary>What a symbol that is refused is told.</summary>
    public const string ExpectedSymbol = "a name of 1 to 20 characters without commas, quotes, control characters and blanks at its ends";

    public static bool IsExchange(ReadOnlySpan<byte> utf8) =>
        IsName(utf8, LongestExchange) && !utf8.ContainsAnyInRange((byte)'A', (byte)'Z');

    public static bool IsSymbol(ReadOnlySpan<byte> utf8) => IsName(utf8, LongestSymbol);

    public static bool IsSymbol(string text) => IsSymbol(Encoding.UTF8.GetBytes(text));

    /// <summary>In upper case: the letters of ASCII, which alone are the same everywhere.</summary>
    public static string Raise(string symbol) =>
        symbol.AsSpan().ContainsAnyInRange('a', 'z') ? string.Create(symbol.Length, symbol, static (raised, text) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    raised[i] = char.IsAsciiLetterLower(text[i]) ? char.ToUpperInvariant(text[i]) : text[i];
                }
            }) : symbol;

    private static bool IsName(ReadOnlySpan<byte> utf8, int longest)
    {
        var (characters, endsInBlank) = (0, false);
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var character, out var length) != OperationStatus.Done)
            {
                return false;
            }

            endsInBlank = Rune.IsWhiteSpace(character);
            if (character.Value is ',' or '"' || HiddenCharacters.IsHidden(character.Value) || (endsInBlank && characters == 0))
            {
                return false;
            }

            characters++;
            utf8 = utf8[length..];
        }

        return characters > 0 && characters <= longest && !endsInBlank;
    }
}
