using System.Buffers;
using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>
/// How the bytes of a file are letters. The whole file is looked at before a row is read: what is not of its encoding is refused with its
/// line, and nothing is replaced.
/// </summary>
public sealed record TextEncoding(string Name, Encoding Encoding)
{
    private const int ChunkSize = 1 << 18;
    private const int LongestSequence = 4;

    public static readonly TextEncoding Utf8 = new("UTF-8", new UTF8Encoding(false, throwOnInvalidBytes: true));
    private static readonly TextEncoding LittleEndian = new(
        "UTF-16",
        new UnicodeEncoding(bigEndian: false, true, throwOnInvalidBytes: true)
    );
    private static readonly TextEncoding BigEndian = new("UTF-16BE", new UnicodeEncoding(bigEndian: true, true, throwOnInvalidBytes: true));
    private static readonly TextEncoding Cyrillic = OfPage(1251);
    private static readonly TextEncoding Western = OfPage(1252);

    public static TextEncoding? Find(string text) =>
        text.ToLowerInvariant() switch
        {
            "utf-8" or "utf8" => Utf8,
            "utf-16" or "utf16" or "utf-16le" => LittleEndian,
            "utf-16be" => BigEndian,
            "windows-1251" or "cp1251" or "1251" => Cyrillic,
            "windows-1252" or "cp1252" or "1252" or "ansi" => Western,
            _ => null,
        };

    /// <summary>The encoding of a file, all of whose bytes are of it.</summary>
    public static TextEncoding Of(TableSource source, TableForm form)
    {
        var mark = MarkOf(source);
        if (mark is { } marked && form.Encoding is { } said && said != marked)
        {
            throw new FileFormException(
                $"{source.Name} begins with the mark of {marked.Name}; leave out {form.Setting("encoding", said.Name.ToLowerInvariant())}."
            );
        }

        var encoding = form.Encoding ?? mark ?? WithoutMark(source);
        if (encoding is null)
        {
            return Utf8At(source) is { } at ? OfSingleBytes(source, form, at) : Utf8;
        }

        if (encoding == Utf8)
        {
            return Utf8At(source) is { } at ? throw Refusal(source, at, "bytes that are not UTF-8", form) : Utf8;
        }

        encoding.Check(source, form);
        return encoding;
    }

    private static TextEncoding OfPage(int page) =>
        new(
            $"Windows-{page}",
            CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!
        );

    private static TextEncoding? MarkOf(TableSource source)
    {
        Span<byte> first = stackalloc byte[LongestSequence];
        using var stream = source.Open();
        first = first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        return first switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Utf8,
            [0xFF, 0xFE, 0, 0] or [0, 0, 0xFE, 0xFF] => throw new FileFormException(
                $"{source.Name} is UTF-32; expected is UTF-8 or UTF-16."
            ),
            [0xFF, 0xFE, ..] => LittleEndian,
            [0xFE, 0xFF, ..] => BigEndian,
            _ => null,
        };
    }

    /// <summary>UTF-16 is told by its line ends, and by zeros that are all first or all second halves.</summary>
    private static TextEncoding? WithoutMark(TableSource source)
    {
        var first = new byte[BufferSize(source)];
        using var stream = source.Open();
        var length = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (!first.AsSpan(0, length).Contains((byte)0))
        {
            return null;
        }

        var (zeros, lineEnds) = (new int[2], new int[2]);
        for (var i = 0; i + 1 < length; i += 2)
        {
            zeros[0] += first[i] == 0 ? 1 : 0;
            zeros[1] += first[i + 1] == 0 ? 1 : 0;
            lineEnds[0] += first[i] == 0 && IsLineEnd(first[i + 1]) ? 1 : 0;
            lineEnds[1] += first[i + 1] == 0 && IsLineEnd(first[i]) ? 1 : 0;
        }

        return lineEnds[1] > 0 && zeros[0] == 0 ? LittleEndian
            : lineEnds[0] > 0 && zeros[1] == 0 ? BigEndian
            : null;
    }

    private static int BufferSize(TableSource source) => (int)Math.Clamp(source.Length, LongestSequence, ChunkSize);

    private static bool IsLineEnd(byte one) => one is (byte)'\n' or (byte)'\r';

    /// <summary>Where the first byte is that is no UTF-8, or is zero; null when there is none.</summary>
    private static long? Utf8At(TableSource source)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            using var stream = source.Open();
            var (kept, before) = (0, 0L);
            while (true)
            {
                var read = stream.Read(buffer, kept, ChunkSize - kept);
                var chunk = buffer.AsSpan(0, kept + read);
                var whole = read == 0 ? chunk : chunk[..WholeLength(chunk)];
                if (!Utf8Text(whole))
                {
                    return before + InvalidAt(whole);
                }

                if (read == 0)
                {
                    return null;
                }

                chunk[whole.Length..].CopyTo(buffer);
                (kept, before) = (chunk.Length - whole.Length, before + whole.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Utf8Text(ReadOnlySpan<byte> text) => System.Text.Unicode.Utf8.IsValid(text) && !text.Contains((byte)0);

    /// <summary>How much of a text ends in a whole character.</summary>
    private static int WholeLength(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back < LongestSequence && back <= text.Length; back++)
        {
            var lead = text[^back];
            if ((lead & 0xC0) == 0x80)
            {
                continue;
            }

            var length =
                lead >= 0xF0 ? 4
                : lead >= 0xE0 ? 3
                : lead >= 0xC0 ? 2
                : 1;
            return length > back ? text.Length - back : text.Length;
        }

        return text.Length;
    }

    private static int InvalidAt(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length && text[at] != 0 && Rune.DecodeFromUtf8(text[at..], out _, out var used) == OperationStatus.Done)
        {
            at += used;
        }

        return at;
    }

    /// <summary>
    /// Bytes of one letter each: Cyrillic letters stand together, accented ones among plain ones. Where the words say both or neither, the
    /// user is asked.
    /// </summary>
    private static TextEncoding OfSingleBytes(TableSource source, TableForm form, long firstInvalid)
    {
        var words = new WordCount();
        using (var stream = source.Open())
        {
            var buffer = new byte[BufferSize(source)];
            for (int read; (read = stream.Read(buffer)) > 0; )
            {
                words.Add(buffer.AsSpan(0, read));
            }

            words.EndWord();
        }

        var found =
            words is { Foreign: > 0, Mixed: 0 } ? Cyrillic
            : words is { Foreign: 0, Mixed: > 0 } ? Western
            : null;
        if (found is null || words.HasZero || words.IsRatherUtf8)
        {
            throw Refusal(source, firstInvalid, "bytes that are not UTF-8", form);
        }

        found.Check(source, form);
        return found;
    }

    /// <summary>Goes through the whole file, strictly.</summary>
    private void Check(TableSource source, TableForm form)
    {
        var decoder = Encoding.GetDecoder();
        var bytes = new byte[BufferSize(source)];
        var chars = new char[bytes.Length + LongestSequence];
        var line = 1L;
        using var stream = source.Open();
        for (var isEnd = false; !isEnd; )
        {
            var read = stream.Read(bytes);
            isEnd = read == 0;
            if (!IsOfPage(bytes.AsSpan(0, read), out var at))
            {
                throw Refusal(
                    source,
                    line + bytes.AsSpan(0, at).Count((byte)'\n'),
                    $"a byte that {Name} does not have",
                    form,
                    isLine: true
                );
            }

            int count;
            try
            {
                count = decoder.GetChars(bytes.AsSpan(0, read), chars, isEnd);
            }
            catch (DecoderFallbackException)
            {
                throw Refusal(source, line, $"bytes that are not {Name}, there or in the lines below", form, isLine: true);
            }

            if (chars.AsSpan(0, count).Contains('\0'))
            {
                throw Refusal(source, line, $"a character of code 0 as {Name}, there or in the lines below", form, isLine: true);
            }

            line += chars.AsSpan(0, count).Count('\n');
        }
    }

    /// <summary>The runtime gives control characters for the few bytes that the Windows pages leave out.</summary>
    private bool IsOfPage(ReadOnlySpan<byte> bytes, out int at)
    {
        at =
            this == Cyrillic ? bytes.IndexOf((byte)0x98)
            : this == Western ? bytes.IndexOfAny(Unassigned)
            : -1;
        return at < 0;
    }

    private static readonly SearchValues<byte> Unassigned = SearchValues.Create(0x81, 0x8D, 0x8F, 0x90, 0x9D);

    private static FileFormException Refusal(TableSource source, long at, string what, TableForm form, bool isLine = false)
    {
        var line = isLine ? at : LineOf(source, at);
        return new FileFormException(
            $"{source.Name}, line {line}: there are {what}; expected is UTF-8, or say the encoding: "
                + $"{form.Setting("encoding", "windows-1251")} (Cyrillic), windows-1252 (Western) or utf-16."
        );
    }

    private static long LineOf(TableSource source, long at)
    {
        var line = 1L;
        var buffer = new byte[BufferSize(source)];
        using var stream = source.Open();
        for (int read; at > 0 && (read = stream.Read(buffer, 0, (int)Math.Min(at, buffer.Length))) > 0; at -= read)
        {
            line += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return line;
    }
}
