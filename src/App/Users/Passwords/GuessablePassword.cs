using System.Text;

namespace Tradepost.App.Users.Passwords;

/// <summary>
/// Says of a password whether it is among the first that somebody tries: a common one, or little more than the e-mail, a row of the
/// keyboard or one character; also with digits and signs around it, letters written as signs, or repeated.
/// </summary>
internal static class GuessablePassword
{
    private const int ShortestCore = 4;
    private const int ShortestPart = 3;
    private const int ShortestRow = 4;
    private const int FewestCharacters = 4;
    private const char Gap = '\0';

    private static readonly char[] Around =
    [
        .. Enumerable.Range(' ', 0x7F - ' ').Select(code => (char)code).Where(code => !char.IsLetter(code)),
    ];

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890",
        "qwertyuiop[]",
        "asdfghjkl;'",
        "zxcvbnm,./",
        "йцукенгшщзхъ",
        "фывапролджэ",
        "ячсмитьбю",
    ];

    /// <summary>What a password is, as the end of a sentence; null for one that is not easy to guess.</summary>
    public static string? Find(string password, string email)
    {
        var text = password.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();
        var plain = Unsigned(text.Trim(Around));
        return IsCommon(text) || IsCommon(plain) ? "one of the most common ones, or one of them repeated or lengthened"
            : IsOfEmail(text, email) || IsOfEmail(plain, email)
                ? "the e-mail or a part of it, or the name of this program, with little else"
            : IsRow(text) ? "a row of neighbouring characters, or the same few again and again"
            : null;
    }

    private static bool IsCommon(string text) =>
        IsCommonWithin(text) || (Words(text) is [var only] && only.Length >= ShortestCore && IsListed(only));

    private static bool IsOfEmail(string text, string email)
    {
        var rest = PartsOf(email).Aggregate(text, (rest, part) => rest.Replace(part, $"{Gap}", StringComparison.Ordinal));
        return text.Contains(email, StringComparison.OrdinalIgnoreCase) || (rest != text && IsNothing(Words(rest)));
    }

    private static bool IsRow(string text)
    {
        var rest = WithoutRows(text);
        return text.Distinct().Count() < FewestCharacters
            || Unit(text).Length * 3 <= text.Length
            || IsNothing(Chunks(rest, char.IsLetterOrDigit))
            || (rest != text && text.Any(char.IsLetter) && IsNothing(Words(rest)));
    }

    // What remains when digits and signs are taken away from either end, one by one.
    private static bool IsCommonWithin(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < text.Length && !char.IsLetter(text[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetter(text[end - 1]))
        {
            end--;
        }

        var hasLetter = end > start;
        for (var from = 0; from <= (hasLetter ? start : text.Length); from++)
        {
            for (var to = text.Length; to >= (hasLetter ? end : from); to--)
            {
                var core = text.AsSpan(from, to - from);

                // A few digits among digits mean nothing: 2000 is common, 839200017465 is not.
                if (core.Length >= ShortestCore && (hasLetter || core.Length * 2 > text.Count(char.IsDigit)) && IsListed(core))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsListed(ReadOnlySpan<char> text) => CommonPasswords.Contains(text) || CommonPasswords.Contains(Unit(text));

    private static bool IsNothing(IReadOnlyList<string> chunks) => chunks.Sum(chunk => chunk.Length) <= ShortestPart;

    // The distinct runs of letters.
    private static IReadOnlyList<string> Words(string text) => Chunks(text, char.IsLetter);

    private static IReadOnlyList<string> Chunks(string text, Func<char, bool> belongs)
    {
        var chunks = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Length; )
        {
            var start = i;
            while (i < text.Length && belongs(text[i]))
            {
                i++;
            }

            if (i > start)
            {
                chunks.Add(text[start..i]);
            }

            i = Math.Max(i, start + 1);
        }

        return [.. chunks];
    }

    /// <summary>The shortest text of whose repetition, the last one perhaps cut short, another consists.</summary>
    private static ReadOnlySpan<char> Unit(ReadOnlySpan<char> text)
    {
        for (var length = 1; length < text.Length; length++)
        {
            if (text[length..].SequenceEqual(text[..^length]))
            {
                return text[..length];
            }
        }

        return text;
    }

    private static string WithoutRows(string text)
    {
        var rest = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; )
        {
            var length = Math.Max(RowLength(text, i, 0), Math.Max(RowLength(text, i, 1), RowLength(text, i, -1)));
            rest.Append(length >= ShortestRow ? $"{Gap}" : text[i]);
            i += length >= ShortestRow ? length : 1;
        }

        return rest.ToString();
    }

    private static int RowLength(string text, int start, int step)
    {
        var length = 1;
        while (start + length < text.Length && Follows(text[start + length - 1], text[start + length], step))
        {
            length++;
        }

        return length;
    }

    private static bool Follows(char first, char second, int step)
    {
        if (step == 0)
        {
            return first == second;
        }

        foreach (var row in Rows)
        {
            if (
                row.IndexOf(first, StringComparison.Ordinal) is >= 0 and var at
                && at + step >= 0
                && at + step < row.Length
                && row[at + step] == second
            )
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> PartsOf(string email) =>
        email
            .ToLowerInvariant()
            .Split(['@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
            .Append("tradepost")
            .Where(part => part.Length >= ShortestPart)
            .OrderByDescending(part => part.Length);

    // Letters that people write as signs.
    private static string Unsigned(string text) => string.Create(text.Length, text, static (result, source) =>
        {
            for (var i = 0; i < source.Length; i++)
            {
                result[i] = source[i] switch
                {
                    '@' or '4' => 'a',
                    '3' => 'e',
                    '1' or '!' => 'i',
                    '0' => 'o',
                    '$' or '5' => 's',
                    '7' => 't',
                    var other => other,
                };
            }
        });
}
