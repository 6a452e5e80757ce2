using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Tradepost.Arguments;

/// <summary>
/// Characters that are not seen and act on whoever shows them: control characters (Unicode Cc: C0, DEL, C1), format characters (Cf: zero
/// width, bidirectional, tags), separators of lines and paragraphs, and halves of pairs. Names and paths must not hold them; texts that
/// do are shown with escapes such as <c>\x1b</c> and <c>\u202e</c>.
/// </summary>
public static class HiddenCharacters
{
    private const int FirstTag = 0xE0000;
    private const int LastTag = 0xE0FFF;

    /// <summary>Whether a code point is hidden.</summary>
    public static bool IsHidden(int codePoint) =>
        codePoint < 0x7F
            ? codePoint < 0x20
            : codePoint is >= FirstTag and <= LastTag
                || CharUnicodeInfo.GetUnicodeCategory(codePoint)
                    is UnicodeCategory.Control
                        or UnicodeCategory.Format
                        or UnicodeCategory.LineSeparator
                        or UnicodeCategory.ParagraphSeparator
                        or UnicodeCategory.Surrogate;

    /// <summary>The text in one line that shows what it holds.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Escape(string? text)
    {
        if (text is null || Find(text) is null)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        foreach (var (codePoint, _, part) in Each(text))
        {
            if (IsHidden(codePoint))
            {
                shown.Append(Escaped(codePoint));
            }
            else
            {
                shown.Append(part);
            }
        }

        return shown.ToString();
    }

    /// <summary>
    /// A text of several lines: each shown as <see cref="Escape"/> does, all but the first indented, so that none passes for a line of
    /// ours.
    /// </summary>
    public static string EscapeLines(string text) =>
        string.Join("\n  ", text.TrimEnd().Split('\n').Select(line => Escape(line.TrimEnd('\r'))));

    /// <summary>The first hidden character: its name, <c>U+202E</c>, and its place, counted from 1. Null without any.</summary>
    public static (string Name, int Position)? Find(string text)
    {
        foreach (var letter in text.AsSpan())
        {
            if (letter is < ' ' or > '~')
            {
                return Each(text)
                    .Where(each => IsHidden(each.CodePoint))
                    .Select(each => ((string, int)?)(NameOf(each.CodePoint), each.Position))
                    .FirstOrDefault();
            }
        }

        return null;
    }

    /// <summary>The sentence that refuses a text, or null when it holds nothing hidden.</summary>
    /// <param name="what">What the text is, as the beginning of a sentence.</param>
    public static string? Refusal(string what, string text) =>
        Find(text) is var (name, position)
            ? $"{what} holds the character {name} at position {position}; expected is a text without control and format characters."
            : null;

    private static string NameOf(int codePoint) => $"U+{codePoint:X4}";

    private static string Escaped(int codePoint) =>
        codePoint switch
        {
            <= 0xFF => $"\\x{codePoint:x2}",
            <= 0xFFFF => $"\\u{codePoint:x4}",
            _ => $"\\U{codePoint:x8}",
        };

    private static IEnumerable<(int CodePoint, int Position, string Part)> Each(string text)
    {
        for (int at = 0, position = 1; at < text.Length; position++)
        {
            var length = char.IsSurrogatePair(text, at) ? 2 : 1;
            yield return (length == 2 ? char.ConvertToUtf32(text, at) : text[at], position, text.Substring(at, length));
            at += length;
        }
    }
}
