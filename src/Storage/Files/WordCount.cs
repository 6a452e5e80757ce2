namespace Tradepost.Storage.Files;

/// <summary>Words with letters over 127: of those alone, or among plain letters.</summary>
internal sealed class WordCount
{
    private const int LeastStrayPerSequence = 4;

    private int high;
    private int plain;
    private int expected;
    private long sequences;
    private long stray;

    public long Foreign { get; private set; }

    public long Mixed { get; private set; }

    public bool HasZero { get; private set; }

    /// <summary>Whether there is much UTF-8 between what is none: a file of two encodings, or a broken one.</summary>
    public bool IsRatherUtf8 => LeastStrayPerSequence * sequences > stray;

    public void Add(ReadOnlySpan<byte> text)
    {
        foreach (var one in text)
        {
            Follow(one);
            if (one >= 0x80)
            {
                high++;
            }
            else if ((one | 0x20) is >= 'a' and <= 'z')
            {
                plain++;
            }
            else
            {
                EndWord();
                HasZero |= one == 0;
            }
        }
    }

    private void Follow(byte one)
    {
        if (expected > 0 && (one & 0xC0) == 0x80)
        {
            sequences += --expected == 0 ? 1 : 0;
            return;
        }

        stray += expected > 0 ? 1 : 0;
        expected =
            one is >= 0xC2 and <= 0xDF ? 1
            : one is >= 0xE0 and <= 0xEF ? 2
            : one is >= 0xF0 and <= 0xF4 ? 3
            : 0;
        stray += expected == 0 && one >= 0x80 ? 1 : 0;
    }

    // A single letter over 127 is a word in both worlds: à, и.
    public void EndWord()
    {
        if (high > 1 && plain == 0)
        {
            Foreign++;
        }
        else if (high > 0 && plain > high)
        {
            Mixed++;
        }
        else if (high > 0 && plain > 0)
        {
            (Foreign, Mixed) = (Foreign + 1, Mixed + 1);
        }

        (high, plain) = (0, 0);
    }
}
